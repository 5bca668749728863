let length [] = 0
let length (_ :: rest) = 1 + length rest
