/// Why something that was asked of the system did not happen.

/// The conditions that programs tell apart. Any other has its number, as the system gives it, and its text.
type Error =
  | NotFound
  | PermissionDenied
  | AlreadyExists
  | NotADirectory
  | IsADirectory
  | DirectoryNotEmpty
  | NameTooLong
  | TooManyLinks
  | TooManyFiles
  | NoSpace
  | FileTooLarge
  | ReadOnly
  | Busy
  | CrossDevice
  | ConnectionRefused
  | ConnectionReset
  | ConnectionAborted
  | NotConnected
  | AddressInUse
  | AddressNotAvailable
  | HostNotFound
  | HostUnreachable
  | NetworkUnreachable
  | BrokenPipe
  | TimedOut
  | Interrupted
  | InvalidInput
  | NotSupported
  | Closed
  | OutOfMemory
  | Other Int String

/// A few words for people, in small letters and without a full stop, to stand after a colon.
///
/// ```fx
/// Error.message Error.NotFound == "no such file or directory"
/// Error.message (Error.Other 5 "input/output error") == "input/output error"
/// ```
let message (error : Error) : String =
  match error
  | NotFound -> "no such file or directory"
  | PermissionDenied -> "permission denied"
  | AlreadyExists -> "it exists already"
  | NotADirectory -> "not a directory"
  | IsADirectory -> "it is a directory"
  | DirectoryNotEmpty -> "the directory is not empty"
  | NameTooLong -> "the name is too long"
  | TooManyLinks -> "too many symbolic links"
  | TooManyFiles -> "too many open files"
  | NoSpace -> "no space left on the device"
  | FileTooLarge -> "the file is too large"
  | ReadOnly -> "the file system is read-only"
  | Busy -> "it is in use"
  | CrossDevice -> "the two places are on different file systems"
  | ConnectionRefused -> "connection refused"
  | ConnectionReset -> "the connection was reset"
  | ConnectionAborted -> "the connection was aborted"
  | NotConnected -> "not connected"
  | AddressInUse -> "the address is in use"
  | AddressNotAvailable -> "the address is not available"
  | HostNotFound -> "no host of this name"
  | HostUnreachable -> "the host cannot be reached"
  | NetworkUnreachable -> "the network cannot be reached"
  | BrokenPipe -> "nobody reads any more"
  | TimedOut -> "timed out"
  | Interrupted -> "interrupted"
  | InvalidInput -> "invalid input"
  | NotSupported -> "not supported"
  | Closed -> "it has been closed"
  | OutOfMemory -> "out of memory"
  | Other _ text -> text
