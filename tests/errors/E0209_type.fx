type colour = Red | Green
