/// Files and directories. Texts are bytes as they are. Relative paths start from the working directory.
import Error

/// A file that is open for reading or writing. It is closed by `close`, and at the latest when nothing refers to it any more.
extern type Handle

/// What a path leads to.
type Kind = Regular | Folder | Link | Pipe | Socket | Device

/// What the system says of a file.
type Information = {
  kind : Kind,
  size : Int,         // in bytes
  modified : Int,     // seconds since 1970-01-01 00:00 UTC
  nanosecond : Int,   // of that second
  permissions : Int,  // the lower 12 bits of the mode: 420 is rw-r--r--
  inode : Int         // the file system's number of the file: another file under the same name has another
}

/// What is told about changes. It is stopped by `stop_watch`, and at the latest when nothing refers to it any more.
extern type Watch

/// What has changed: the bare name of something in the directory that is watched; `""` when it is the watched file or directory itself.
type Change =
  | Appeared String // made, or moved there
  | Changed String  // its contents; several writes in a row are told once
  | Vanished String // deleted, or moved away
  | Missed          // more happened than the system could keep: look at everything

extern effect File =
  /// All of a file.
  read : String -> Result String Error = wait "fx_file_read"
  /// `write path text` makes the file's contents the text; makes the file if it is missing.
  write : String -> String -> Result Unit Error = wait "fx_file_write"
  /// The same, but who reads the path meanwhile, or after a crash, sees the old contents or the new ones, never a part: the text is written to a
  /// file beside it, which then takes its place. The permissions of what was there are kept.
  replace : String -> String -> Result Unit Error = wait "fx_file_replace"
  /// `append path text` adds the text at the end; makes the file if it is missing.
  append : String -> String -> Result Unit Error = wait "fx_file_append"
  /// Deletes a file.
  delete : String -> Result Unit Error = wait "fx_file_delete"
  /// The bare names of what a directory holds, without `.` and `..`, sorted by bytes.
  list : String -> Result (List String) Error = wait "fx_file_list"
  /// About what the path leads to, symbolic links followed.
  stat : String -> Result Information Error = wait "fx_file_stat"
  /// The same without waiting, where the system remembers it; `None`: ask by `stat`.
  stat_at_hand : String -> Option (Result Information Error) = "fx_file_stat_at_hand"
  /// `read_at_hand path longest` is what `stat` says and what `read` reads, in one step and without waiting: of a file of at most so many bytes, to
  /// which no symbolic link leads, where the system has all of it in memory. `None`: ask by those.
  read_at_hand : String -> Int -> Option (Information, String) = "fx_file_read_at_hand"
  /// The same as `stat`, but about a symbolic link itself.
  stat_link : String -> Result Information Error = wait "fx_file_stat_link"
  /// Whether the path leads to something.
  exists : String -> Bool = wait "fx_file_exists"
  /// The absolute path without symbolic links, `.` and `..`.
  real_path : String -> Result String Error = wait "fx_file_real_path"
  /// `rename old new`. What was at `new` is replaced.
  rename : String -> String -> Result Unit Error = wait "fx_file_rename"
  /// `copy from to` copies a file's contents and permissions. What was at `to` is replaced.
  copy : String -> String -> Result Unit Error = wait "fx_file_copy"
  /// `make_link target path` makes a symbolic link at `path`. The target need not exist, and is relative to the link's directory.
  make_link : String -> String -> Result Unit Error = wait "fx_file_make_link"
  /// Where a symbolic link leads to, as it is written there.
  read_link : String -> Result String Error = wait "fx_file_read_link"
  /// `set_permissions path mode`: the lower 12 bits of the mode.
  set_permissions : String -> Int -> Result Unit Error = wait "fx_file_set_permissions"
  /// Makes a directory in one that is there.
  make_directory : String -> Result Unit Error = wait "fx_file_make_directory"
  /// The same with all the directories above it that are missing. What is there already is fine.
  make_directories : String -> Result Unit Error = wait "fx_file_make_directories"
  /// Removes an empty directory.
  remove_directory : String -> Result Unit Error = wait "fx_file_remove_directory"
  /// Removes a file, or a directory with all that is in it. Symbolic links are removed, not followed. What is missing already is fine.
  remove_all : String -> Result Unit Error = wait "fx_file_remove_all"
  /// Makes a directory of a new name in the system's place for temporary ones, and answers its path. The name begins with the prefix.
  make_temporary_directory : String -> Result String Error = wait "fx_file_make_temporary_directory"
  /// Makes an empty file likewise.
  make_temporary_file : String -> Result String Error = wait "fx_file_make_temporary_file"
  /// Opens for reading.
  open_read : String -> Result Handle Error = wait "fx_file_open_read"
  /// Opens for writing (and reading); makes the file if it is missing, and leaves what is in it.
  open_write : String -> Result Handle Error = wait "fx_file_open_write"
  /// `read_at file position count` answers up to so many bytes; fewer at the end of the file, and `""` beyond it. A position or a
  /// count below 0 is `InvalidInput`.
  read_at : Handle -> Int -> Int -> Result String Error = wait "fx_file_read_at"
  /// `write_at file position text` writes all of the text there.
  write_at : Handle -> Int -> String -> Result Unit Error = wait "fx_file_write_at"
  /// Cuts the file off, or fills it up with zero bytes.
  set_size : Handle -> Int -> Result Unit Error = wait "fx_file_set_size"
  /// About an open file.
  stat_open : Handle -> Result Information Error = wait "fx_file_stat_open"
  /// Answers when what was written is on the disk.
  sync : Handle -> Result Unit Error = wait "fx_file_sync"
  /// Closes a file. Closing twice does nothing.
  close : Handle -> Unit = "fx_file_close"
  /// Begins to watch a file or what is directly in a directory. `changes` tells what has happened from then on.
  watch : String -> Result Watch Error = wait "fx_file_watch"
  /// Waits until there is something to tell; then answers all of it, in order, at least one. When what was watched is gone: first that, and
  /// the next time `Error.NotFound`.
  changes : Watch -> Result (List Change) Error = wait "fx_file_changes"
  /// Ends watching. Stopping twice does nothing. Who still waits for changes is told `Error.Closed`.
  stop_watch : Watch -> Unit = "fx_file_stop_watch"

/// Opens a file for reading, gives it to `use`, and closes it, however `use` ends.
///
/// ```fx
/// import Console
/// import Error
/// import File
///
/// let main (_ : List String) : Unit ! {Console, File} =
///   match! File.with_file "/etc/hostname" (fun file -> File.read_at file 0 4)
///   | Ok (Ok text) -> Console.print_line "It begins with \(text)"
///   | Ok (Err error) | Err error -> Console.error_line (Error.message error)
/// ```
let with_file (path : String) (use : Handle -> a ! {File | e}) : Result a Error ! {File | e} = with_opened (File.open_read path) use

/// The same for writing.
let with_file_to_write (path : String) (use : Handle -> a ! {File | e}) : Result a Error ! {File | e} = with_opened (File.open_write path) use

private let with_opened (open : Result Handle Error ! {File | e}) (use : Handle -> a ! {File | e}) : Result a Error ! {File | e} =
  bracket open close_opened (fun opened ->
    match opened
    | Ok file ->
      let! answer = use file
      ret (Ok answer)
    | Err error -> ret (Err error))

private let close_opened (opened : Result Handle Error) : Unit ! {File | e} =
  match opened
  | Ok file -> File.close file
  | Err _ -> ret ()

/// Makes a temporary directory, gives its path to `use`, and removes it with all that is in it, however `use` ends.
let with_temporary_directory (prefix : String) (use : String -> a ! {File | e}) : Result a Error ! {File | e} =
  bracket (File.make_temporary_directory prefix) remove_made (fun made ->
    match made
    | Ok path ->
      let! answer = use path
      ret (Ok answer)
    | Err error -> ret (Err error))

/// Makes an empty temporary file, gives its path to `use`, and deletes it, however `use` ends.
let with_temporary_file (prefix : String) (use : String -> a ! {File | e}) : Result a Error ! {File | e} =
  bracket (File.make_temporary_file prefix) remove_made (fun made ->
    match made
    | Ok path ->
      let! answer = use path
      ret (Ok answer)
    | Err error -> ret (Err error))

/// Watches a path while `use` runs.
///
/// ```fx
/// import Console
/// import Error
/// import File
/// import List
///
/// let main (_ : List String) : Unit ! {Console, File} =
///   match! File.with_watch "/tmp" tell
///   | Ok () -> ret ()
///   | Err error -> Console.error_line (Error.message error)
///
/// let tell (watch : File.Watch) : Unit ! {Console, File} =
///   match! File.changes watch
///   | Err error -> Console.error_line (Error.message error)
///   | Ok changes ->
///     do! List.iter_seq (fun change -> Console.print_line (show change)) changes
///     tell watch
/// ```
let with_watch (path : String) (use : Watch -> a ! {File | e}) : Result a Error ! {File | e} =
  bracket (File.watch path) stop_watching (fun watched ->
    match watched
    | Ok watch ->
      let! answer = use watch
      ret (Ok answer)
    | Err error -> ret (Err error))

private let stop_watching (watched : Result Watch Error) : Unit ! {File | e} =
  match watched
  | Ok watch -> File.stop_watch watch
  | Err _ -> ret ()

private let remove_made (made : Result String Error) : Unit ! {File | e} =
  match made
  | Ok path ->
    let! _ = File.remove_all path
    ret ()
  | Err _ -> ret ()
