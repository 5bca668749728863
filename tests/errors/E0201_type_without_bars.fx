type Shape =
  Circle Float
  Square Float
