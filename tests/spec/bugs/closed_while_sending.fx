// The channel is closed although not everything has been sent.
import Channel

effect Source =
  get : Int

let send (channel : Channel Int) : Unit ! {Source | e} =
  let! n = Source.get
  let! _ = Channel.send channel n
  ret ()

let take (channel : Channel Int) (sum : Int) : Int ! e =
  match! Channel.receive channel
  | None -> ret sum
  | Some n -> take channel (sum + n)

let send_last (channel : Channel Int) : Unit ! {Source | e} =
  do! send channel
  Channel.close channel

let feed (channel : Channel Int) : Unit ! {Source | e} =
  let! _ = join (send_last channel) (send channel)
  ret ()

let program : Int ! {Source} =
  let! channel = Channel.make 2
  do! feed channel
  take channel 0

spec all_arrive =
  program runs
    join
      Source.get => 1
    and
      Source.get => 2
  returns 3
