import Channel
import Console
import List
import Promise
import Semaphore

// What channels, promises and semaphores answer to those who do not wait.

let channels : Unit ! {Console} =
  let! letters = Channel.make 3
  let! nothing = Channel.try_receive letters
  let! sent = List.map_seq (fun letter -> Channel.send letters letter) ["a", "b", "c"]
  let! full = first (Channel.send letters "d") yield
  let! one = Channel.try_receive letters
  let! length = Channel.length letters
  do! Channel.close letters
  do! Channel.close letters
  let! late = Channel.send letters "e"
  let! rest = List.map_seq (fun _ -> Channel.try_receive letters) [1, 2, 3]
  do! Console.print_line "\(show nothing) \(show sent) \(show full) \(show one) \(length) \(late) \(show rest)"
  // Someone who waits to send is let in by who takes without waiting.
  let! meeting = Channel.make 0
  let! both = join (Channel.send meeting "here") (Channel.try_receive meeting)
  Console.print_line (show both)

let promises : Unit ! {Console} =
  let! promise = Promise.make
  let! before = Promise.get promise
  let! (waited, set) = join (join (Promise.wait promise) (Promise.wait promise)) (Promise.set promise 1)
  let! again = Promise.set promise 2
  let! after = Promise.get promise
  Console.print_line "\(show before) \(show waited) \(set) \(again) \(show after)"

let semaphores : Unit ! {Console} =
  let! semaphore = Semaphore.make 2
  let! inside = Semaphore.with_permit semaphore (Semaphore.with_permit semaphore (
    let! left = Semaphore.available semaphore
    let! third = first (Semaphore.acquire semaphore) yield
    ret (left, third)))
  let! outside = Semaphore.available semaphore
  let! none = Semaphore.make (-3)
  let! nothing = Semaphore.available none
  Console.print_line "\(show inside) \(outside) \(nothing)"

let main (_ : List String) : Unit ! {Console} =
  do! channels
  do! promises
  semaphores
