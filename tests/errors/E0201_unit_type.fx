let run (x : ()) : Int = 1
