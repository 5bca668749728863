let doubled (numbers : List Int) : List Int = map fun n -> n * 2 numbers
