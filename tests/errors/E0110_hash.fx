# twice as much
let twice (x : Int) : Int = x + x
