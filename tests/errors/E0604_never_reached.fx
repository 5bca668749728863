type Colour = Red | Green | Blue

let f colour =
  match colour
  | Red -> 1
  | other -> 2
  | Green -> 3

let g colour =
  match colour
  | Red -> 1
  | Green -> 2
  | Blue -> 3
  | _ -> 4

let h pair =
  match pair
  | (0, _) -> 1
  | (0, 1) -> 2
  | _ -> 3
