/// The user that the program runs as.
import Error

extern effect User =
  /// Becomes another user of the system, by name, with that user's groups: for a server that has opened its port as root and needs to be
  /// root no longer. There is no way back. `Error.NotFound` when there is no such user.
  ///
  /// ```fx
  /// import Console
  /// import Error
  /// import User
  ///
  /// let main (_ : List String) : Unit ! {Console, User} =
  ///   match! User.become "www-data"
  ///   | Ok () -> Console.print_line "serving as www-data"
  ///   | Err error -> Console.error_line "www-data: \(Error.message error)"
  /// ```
  become : String -> Result Unit Error = "fx_user_become"
