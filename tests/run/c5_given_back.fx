import Channel
import Console
import List

// What several cancelled receivers had been given is received again in the order in which it was sent (C5).

let receivers (channel : Channel Int) (count : Int) : Unit ! e =
  if count > 0 then
    let! _ = join (Channel.receive channel) (receivers channel (count - 1))
    ret ()

let send_all (channel : Channel Int) (items : List Int) : Unit ! e =
  List.iter_seq (fun item ->
    let! _ = Channel.send channel item
    ret ()) items

let left_over (channel : Channel Int) : List Int ! e =
  match! Channel.try_receive channel
  | None -> ret []
  | Some item ->
    let! others = left_over channel
    ret (item :: others)

let tell (what : String) (channel : Channel Int) : Unit ! {Console | e} =
  let! items = left_over channel
  Console.print_line "\(what): \(show items)"

// Every item has been handed over, and its receiver has not run yet.
let handed_over : Unit ! {Console} =
  let! channel = Channel.make 5
  let! _ = first (receivers channel 2) (send_all channel [1, 2])
  let! one = Channel.receive channel
  let! two = Channel.receive channel
  Console.print_line "two receivers: \(show one) \(show two)"

let many (count : Int) : Unit ! {Console} =
  let! channel = Channel.make 0
  let! _ = first (receivers channel count) (send_all channel (List.range 1 count))
  let! items = left_over channel
  Console.print_line "\(count) receivers: \(items == List.range 1 count)"

// Behind the two that were handed over, three are in the channel.
let in_channel : Unit ! {Console} =
  let! channel = Channel.make 5
  let! _ = first (receivers channel 3) (send_all channel [1, 2, 3, 4, 5])
  tell "items in the channel" channel

// And of these two are still their senders'.
let at_senders : Unit ! {Console} =
  let! channel = Channel.make 1
  let! _ = join (first (receivers channel 3) (send_all channel [1, 2, 3]))
    (join (send_all channel [4]) (join (send_all channel [5]) (
      do! yield
      do! yield
      do! yield
      tell "items at senders" channel)))
  ret ()

// Some of what was given back is received, then more is given back.
let after_some : Unit ! {Console} =
  let! channel = Channel.make 3
  let! _ = first (receivers channel 4) (send_all channel [1, 2, 3])
  let! one = Channel.receive channel
  let! _ = first (receivers channel 5) (send_all channel [4, 5])
  do! Console.print_line "first: \(show one)"
  tell "the rest" channel

let turns (count : Int) : Unit ! e =
  if count > 0 then
    do! yield
    turns (count - 1)

// Given back, handed to others who wait, and given back by them, while the last of the first ones still holds an item.
let twice (count : Int) : Unit ! {Console} =
  let! channel = Channel.make 5
  let! _ = join (first (receivers channel 3) (send_all channel [1, 2, 3])) (first (receivers channel 2) (turns count))
  tell "twice, after \(count) turns" channel

// Those who wait behind the cancelled ones get them in order.
let to_others : Unit ! {Console} =
  let! channel = Channel.make 5
  let! answers = join (first (receivers channel 2) (send_all channel [1, 2]))
    (
      do! yield
      join (Channel.receive channel) (Channel.receive channel)
    )
  let (_, (one, two)) = answers
  Console.print_line "others: \(show one) \(show two)"

let main (_ : List String) : Unit ! {Console} =
  do! handed_over
  do! many 3
  do! many 40
  do! in_channel
  do! at_senders
  do! after_some
  do! List.iter_seq twice (List.range 0 3)
  to_others
