type Shape = Circle Int | Rectangle Int Int

let area shape =
  match shape
  | Circle -> 0
  | Rectangle w h d -> w * h * d
