let is_digit (n : Int) : Bool = 0 <= n < 10
