/// Standard input, output and error.
import Error

extern effect Console =
  /// Writes the text to standard output, after what was printed before, and says whether all of that arrived: output may be a closed pipe or a
  /// full disk. So `Console.write ""` at a program's end says what became of the lines that it has printed.
  write : String -> Result Unit Error = "fx_console_write"
  /// Prints the text, whatever becomes of it. What is printed goes out together: before the program waits, before it reads, and at its end.
  print : String -> Unit = "fx_console_print"
  /// Prints the text and a line end.
  print_line : String -> Unit = "fx_console_print_line"
  /// Writes the text and a line end to standard error, at once.
  error_line : String -> Unit = "fx_console_error_line"
  /// Whether standard output is a terminal: a person who reads along.
  is_terminal : Bool = "fx_console_is_terminal"
  /// The next line of standard input without its line end (`\n` or `\r\n`), or `None` at the end. A last line needs no line end.
  /// Several tasks that read are served in the order in which they asked.
  read_line : Option String = wait "fx_console_read_line"
  /// All that is left of standard input.
  read_all : String = wait "fx_console_read_all"
