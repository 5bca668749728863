/// What the program was started with, beside its arguments.
import Error

extern effect Env =
  /// The value of an environment variable.
  get : String -> Option String = "fx_env_get"
  /// All environment variables with their values.
  all : List (String, String) = "fx_env_all"
  /// The directory that relative paths start from.
  working_directory : Result String Error = "fx_env_working_directory"
  /// The program's own name, as it was called.
  program : String = "fx_env_program"
