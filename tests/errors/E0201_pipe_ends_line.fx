import List

let total (prices : List Int) : Int =
  let doubled = prices |>
  List.map (fun price -> price + price)
  List.sum doubled
