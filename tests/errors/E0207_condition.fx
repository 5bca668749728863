let is_zero (n : Int) : Bool = if n = 0 then True else False
