effect Store =
  get : String -> Option String ! {Store}
