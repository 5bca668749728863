let f (path : String) =
  with open(path) as file:
    file
