import List
import Time
import Shop.Price as Price

let total (items : List Int) : Int ! {Time} =
  let! prices = List.map_par (fun n -> Price.of_item n) items
  ret (List.fold (fun a b -> a + b) 0 prices)
