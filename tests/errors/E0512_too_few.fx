import Map (Map)
import Option

effect Shelf =
  find : String -> Int
  put : String -> Int -> Unit

cell Copies : Map String Int = Map.empty

let on_shelf (c : a ! {Shelf | e}) : a ! {Copies | e} =
  handle c with
  | Shelf.find title ->
    let! copies = Copies.get
    ret (Option.with_default 0 (Map.get titel copies))
  | Shelf.put -> Copies.update (fun copies -> Map.insert title number copies)
