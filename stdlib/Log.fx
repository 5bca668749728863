/// Lines on standard error about what the program does. `FX_LOG` says from which level on they are written, and how:
/// `FX_LOG=debug`, `info` (unless told otherwise), `warn`, `error` or `off`; `FX_LOG=json` or `FX_LOG=warn,json` for one JSON object a line.

extern effect Log =
  /// Writes the text as one line, as it is, at whatever level. Control characters are escaped, so that a line stays one.
  write : String -> Unit = "fx_log_write"
  /// For whoever looks for a mistake. Each of these four adds the time and the level.
  debug : String -> Unit = "fx_log_debug"
  /// What happens.
  info : String -> Unit = "fx_log_info"
  /// What should not happen, but can be lived with.
  warn : String -> Unit = "fx_log_warn"
  /// What went wrong.
  error : String -> Unit = "fx_log_error"
