let twice (x : Int) : Int =
	x + x
