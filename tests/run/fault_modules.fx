import Console
import Time
import Shop.Cart as Cart

let report (items : List Int) : Unit ! {Console, Time} =
  let! t = Cart.total items
  Console.print_line "total \(t)"

let main (_ : List String) : Unit ! {Console, Time} =
  do! report [1, 2]
  do! bracket (ret 1) (fun _ -> Console.print_line "released") (fun _ -> report [5, 3, 4])
  Console.print_line "end"
