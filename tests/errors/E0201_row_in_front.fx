let f (x : Int) : <console> Unit = Console.print_line "x"
