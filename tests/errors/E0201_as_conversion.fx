let half = 5 as Float
