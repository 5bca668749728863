import Console

// A line of a text block that ends in a backslash goes on in the next; an escaped backslash does not.
let main (_ : List String) : Unit ! {Console} =
  let n = 3
  do! Console.print_line """
    one \
    line,\
      and \(n) \
    more
    a path\\
    ends\
    """
  Console.print_line "."
