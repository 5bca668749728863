// Each fallible operation of Env, when it succeeds and when it fails.
import Env
import Error

spec working_directory_ok (answer : String) =
  Env.working_directory runs
    Env.working_directory => Ok answer
  returns Ok answer

spec working_directory_error (error : Error) =
  Env.working_directory runs
    Env.working_directory => Err error
  returns Err error
