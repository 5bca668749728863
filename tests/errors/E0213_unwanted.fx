effect Clock =
  now : Int = "clock_now"
