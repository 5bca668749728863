let largest (a : Int) (b : Int) : Int = if a > b then else b
