/// The files of a folder, and nothing else of the disk.
import Answer
import Error
import File
import Request
import String
import Target

/// A folder to serve, by its real path: absolute, without symbolic links.
opaque type Site = Site String

let open_folder (folder : String) : Result Site Error ! {File} =
  match! File.real_path folder
  | Err error -> ret (Err error)
  | Ok path ->
    match! File.stat path
    | Err error -> ret (Err error)
    | Ok information -> ret (if information.kind == File.Folder then Ok (Site path) else Err Error.NotADirectory)

/// Files up to this size are read at once and go out together with their head.
private let longest_text = 65_536

/// What the site answers to a request.
let answer (site : Site) (request : Request.Request) : Answer.Answer ! {File} =
  match request.method
  | Request.Other _ -> ret Answer.method_not_allowed
  | Request.Get | Request.Head ->
    match Target.resolve request.target
    | Target.Nonsense -> ret Answer.bad_target
    | Target.Hidden -> ret Answer.not_found
    | Target.Inside path -> find site (if path == "" || String.ends_with "/" path then path ++ "index.html" else path)

/// The file at `path`, if it is one and lies in the folder when all symbolic links have been followed.
private let find (Site folder : Site) (path : String) : Answer.Answer ! {File} =
  match! File.real_path "\(folder)/\(path)"
  | Err error -> ret (missing error)
  | Ok real ->
    if not (String.starts_with (folder ++ "/") real) then ret Answer.not_found
    else
      match! File.stat real
      | Err error -> ret (missing error)
      | Ok information ->
        match information.kind
        | File.Folder -> ret (Answer.moved_to "/\(Target.encode path)/")
        | File.Regular -> read path real information.size
        | _ -> ret Answer.not_found

private let read (path : String) (real : String) (size : Int) : Answer.Answer ! {File} =
  if size > longest_text then ret (Answer.ok path (Answer.File real size))
  else
    match! File.read real
    | Ok text -> ret (Answer.ok path (Answer.Text text))
    | Err error -> ret (missing error)

private let missing (error : Error) : Answer.Answer =
  match error
  | Error.PermissionDenied -> Answer.forbidden
  | Error.NotFound | Error.NotADirectory | Error.InvalidInput | Error.NameTooLong | Error.TooManyLinks -> Answer.not_found
  | _ -> Answer.failed
