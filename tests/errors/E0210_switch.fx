let f x =
  switch (x) {
    case 1: return 2
  }
