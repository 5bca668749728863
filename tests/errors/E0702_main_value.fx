let main (arguments : List String) : Int = 3
