let size = 10u
