// Each waits for the other's word before it says its own.
import Channel

let talk (mine : Channel String) (theirs : Channel String) (word : String) : Option String ! e =
  let! heard = Channel.receive theirs
  let! _ = Channel.send mine word
  ret heard

let program : (Option String, Option String) ! {} =
  let! left = Channel.make 1
  let! right = Channel.make 1
  join (talk left right "ping") (talk right left "pong")

spec both_hear =
  program runs
  returns (Some "pong", Some "ping")
