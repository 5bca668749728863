import List

let total (prices : List Int) = List.fold (fun a b -> a + b) 0 pricse

let doubled xs = map (fun x -> 2 * x) xs

let greet name = println "Hello \(name)"

let f x =
  let length = x + 1
  lenght

let g xs = List.filtr (fun x -> x > 0) xs
