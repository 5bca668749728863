import Console

let say (n : Int) : Unit ! {Console} = if n > 0 then Console.print_line "yes" else ret ()

spec says_yes (n : Int) when n > 0 =
  say n runs
    Console.print_line "yes" => ()
  returns ()

let sign (n : Int) when n > 0 = 1
