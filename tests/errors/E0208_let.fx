let effect = 3
