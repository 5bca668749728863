/// Ending the program.

extern effect Exit =
  /// Ends the program with this status, 0 to 255 (a larger one counts as 255): every task is cancelled, releases run, output is flushed.
  exit : Int -> Never = wait "fx_exit"
