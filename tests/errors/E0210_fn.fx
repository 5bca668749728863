let twice = fn x -> x + x
