let f (o : Option Int) : Int =
  match o {
    Some(x) => x,
    None => 0,
  }

let g (n : Int) : Int =
  if (n > 0) {
    1
  } else {
    2
  }

type P = { x : Int, y : Int }

let h (p : P) (n : Int) : P =
  if n > 0 then p else {
    x = n, y = 2
  }
