import Console
import Promise

let main (_ : List String) : Unit ! {Console} =
  let! never = Promise.make
  let! other = Promise.make
  bracket (ret ()) (fun () -> Console.print_line "released") (fun () ->
    let! (a, b) = join (relay never other) (relay other never)
    Console.print_line "\(a) \(b)")

let relay (from : Promise Int) (to : Promise Int) : Int ! e =
  let! n = Promise.wait from
  let! _ = Promise.set to n
  ret n
