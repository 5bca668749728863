import Channel

let finish (lines : Channel String) : Unit ! e = Channel.close lines

let finish_one : Unit ! e =
  let! lines = Channel.make 1
  finish lines

spec closes =
  finish_one runs
  returns ()
