let row = "one	two"
