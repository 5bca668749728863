extern let odd : Int -> Int = "not a name"

extern let loop : Int -> Int = "while"

extern effect Clock =
  now : Int = "1st"
  sleep : Int -> Unit = wait "clock_sleep"
