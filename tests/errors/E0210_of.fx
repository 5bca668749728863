type Shape = Circle of Float | Square of Float
