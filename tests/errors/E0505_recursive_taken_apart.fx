import Console

let count (n : Int) =
  do! Console.print_line "\(n)"
  count n - 1
