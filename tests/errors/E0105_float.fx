let huge = 1e999
