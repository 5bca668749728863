let f (a : Int) (b : Int) : Int = a `divide` b
