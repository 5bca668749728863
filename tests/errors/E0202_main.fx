main = do
  Console.print_line "Hello"
