let (left, right) = (1, left)
