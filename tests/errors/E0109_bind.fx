import Console

let echo : Unit ! {Console} =
  Console.read_line >>= fun line -> Console.print_line line

let again : Unit ! {Console} =
  let* line = Console.read_line
  Console.print_line line
