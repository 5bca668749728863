// Of a channel no value can be made up, and the program looks into it: nothing would be run.
import Channel

let finish (lines : Channel String) : Unit ! e = Channel.close lines

spec closes (lines : Channel String) =
  finish lines runs
  returns ()
