import Console

let next (n : Int) : Int =
  x := n + 1
  x

let ask : Option String ! {Console} =
  line <- Console.read_line
  ret line
