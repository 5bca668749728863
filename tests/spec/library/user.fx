// Each fallible operation of User, when it succeeds and when it fails.
import Error
import User

spec become_ok (text : String) =
  User.become text runs
    User.become text => Ok ()
  returns Ok ()

spec become_error (text : String) (error : Error) =
  User.become text runs
    User.become text => Err error
  returns Err error
