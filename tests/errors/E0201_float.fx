let one = 1.
