let numbers = [1 .. 10]
