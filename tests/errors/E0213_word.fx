extern let sleep : Int -> Unit = later "clock_sleep"
