/// The files of a folder, and nothing else of the disk.
import Answer
import Cache
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

/// What the site answers to a request at a time in seconds.
let answer (site : Site) (request : Request.Request) (now : Int) : Answer.Answer ! {Cache, File} =
  match request.method
  | Request.Other _ -> ret Answer.method_not_allowed
  | Request.Get | Request.Head ->
    match Target.resolve request.target
    | Target.Nonsense -> ret Answer.bad_target
    | Target.Hidden -> ret Answer.not_found
    | Target.Inside path -> recall site (if path == "" || String.ends_with "/" path then path ++ "index.html" else path) now

private let recall (site : Site) (path : String) (now : Int) : Answer.Answer ! {Cache, File} =
  match! Cache.look_up path
  | Some kept when kept.checked == now -> ret kept.answer
  | Some kept -> find site path now (Some kept)
  | None ->
    let! missing = Cache.is_missing path now
    if missing then ret Answer.not_found else find site path now None

/// The file at `path`, if it is one and lies in the folder when all symbolic links have been followed.
private let find (Site folder : Site) (path : String) (now : Int) (kept : Option Cache.Kept) : Answer.Answer ! {Cache, File} =
  match! File.real_path "\(folder)/\(path)"
  | Err Error.NotFound ->
    do! Cache.keep_missing path now
    ret Answer.not_found
  | Err error -> ret (missing error)
  | Ok real ->
    if not (String.starts_with (folder ++ "/") real) then ret Answer.not_found
    else
      match! File.stat real
      | Err error -> ret (missing error)
      | Ok information ->
        match information.kind
        | File.Folder -> ret (Answer.moved_to "/\(Target.encode path)/")
        | File.Regular -> refresh path real information now kept
        | _ -> ret Answer.not_found

private let refresh (path : String) (real : String) (file : File.Information) (now : Int) (kept : Option Cache.Kept) : Answer.Answer ! {Cache, File} =
  match kept
  | Some kept when Cache.is_same real file.size file.modified kept ->
    do! Cache.keep path { kept with checked = now }
    ret kept.answer
  | _ ->
    match! read path real file.size
    | Err error -> ret (missing error)
    | Ok answer ->
      do! Cache.keep path { answer, real, size = file.size, modified = file.modified, read = now, checked = now }
      ret answer

private let read (path : String) (real : String) (size : Int) : Result Answer.Answer Error ! {File} =
  if size > longest_text then ret (Ok (Answer.ok path (Answer.File real size)))
  else
    match! File.read real
    | Ok text -> ret (Ok (Answer.ok path (Answer.Text text)))
    | Err error -> ret (Err error)

private let missing (error : Error) : Answer.Answer =
  match error
  | Error.PermissionDenied -> Answer.forbidden
  | Error.NotFound | Error.NotADirectory | Error.InvalidInput | Error.NameTooLong | Error.TooManyLinks -> Answer.not_found
  | _ -> Answer.failed
