let twice = \x -> x + x
