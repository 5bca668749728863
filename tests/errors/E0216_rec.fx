let rec count (n : Int) : Int = if n == 0 then 0 else 1 + count (n - 1)
