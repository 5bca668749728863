import Channel
import Console

let produce (channel : Channel Int) (n : Int) : Unit ! e =
  if n == 0 then Channel.close channel
  else
    do! Channel.send_or_stop channel n
    produce channel (n - 1)

let consume (channel : Channel Int) (sum : Int) : Int ! e =
  match! Channel.receive channel
  | None -> ret sum
  | Some n -> consume channel (sum + n)

let main (_ : List String) : Unit ! {Console} =
  let! channel = Channel.make 100
  let! (_, sum) = join (produce channel 5_000_000) (consume channel 0)
  Console.print_line "\(sum)"
