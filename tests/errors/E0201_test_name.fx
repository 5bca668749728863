test adds = 1 + 1 == 2
