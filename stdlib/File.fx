/// Files and directories. Texts are bytes as they are. Relative paths start from the working directory.
import Error

/// A file that is open for reading or writing. It is closed by `close`, and at the latest when nothing refers to it any more.
extern type Handle

/// What a path leads to.
type Kind = Regular | Folder | Link | Pipe | Socket | Device

type Information = {
  kind : Kind,
  size : Int,         // in bytes
  modified : Int,     // seconds since 1970-01-01 00:00 UTC
  nanosecond : Int,   // of that second
  permissions : Int,  // the lower 12 bits of the mode: 420 is rw-r--r--
  inode : Int         // the file system's number of the file: another file under the same name has another
}

extern effect File =
  /// All of a file.
  read : String -> Result String Error = wait "fx_file_read"
  /// `write path text` makes the file's contents the text; makes the file if it is missing.
  write : String -> String -> Result Unit Error = wait "fx_file_write"
  /// `append path text` adds the text at the end; makes the file if it is missing.
  append : String -> String -> Result Unit Error = wait "fx_file_append"
  /// Deletes a file.
  delete : String -> Result Unit Error = wait "fx_file_delete"
  /// The bare names of what a directory holds, without `.` and `..`, sorted by bytes.
  list : String -> Result (List String) Error = wait "fx_file_list"
  /// About what the path leads to, symbolic links followed.
  stat : String -> Result Information Error = wait "fx_file_stat"
  /// The same, but about a symbolic link itself.
  stat_link : String -> Result Information Error = wait "fx_file_stat_link"
  /// Whether the path leads to something.
  exists : String -> Bool = wait "fx_file_exists"
  /// The absolute path without symbolic links, `.` and `..`.
  real_path : String -> Result String Error = wait "fx_file_real_path"
  /// `rename old new`. What was at `new` is replaced.
  rename : String -> String -> Result Unit Error = wait "fx_file_rename"
  /// `copy from to` copies a file's contents and permissions. What was at `to` is replaced.
  copy : String -> String -> Result Unit Error = wait "fx_file_copy"
  make_directory : String -> Result Unit Error = wait "fx_file_make_directory"
  /// Removes an empty directory.
  remove_directory : String -> Result Unit Error = wait "fx_file_remove_directory"
  /// Removes a file, or a directory with all that is in it. Symbolic links are removed, not followed. What is missing already is fine.
  remove_all : String -> Result Unit Error = wait "fx_file_remove_all"
  /// Makes a directory of a new name in the system's place for temporary ones, and answers its path. The name begins with the prefix.
  make_temporary_directory : String -> Result String Error = wait "fx_file_make_temporary_directory"
  /// Makes an empty file likewise.
  make_temporary_file : String -> Result String Error = wait "fx_file_make_temporary_file"
  open_read : String -> Result Handle Error = wait "fx_file_open_read"
  /// Opens for writing (and reading); makes the file if it is missing, and leaves what is in it.
  open_write : String -> Result Handle Error = wait "fx_file_open_write"
  /// `read_at file position count` answers up to so many bytes; fewer at the end of the file, and `""` beyond it.
  read_at : Handle -> Int -> Int -> Result String Error = wait "fx_file_read_at"
  /// `write_at file position text`.
  write_at : Handle -> Int -> String -> Result Unit Error = wait "fx_file_write_at"
  /// Cuts the file off, or fills it up with zero bytes.
  set_size : Handle -> Int -> Result Unit Error = wait "fx_file_set_size"
  /// About an open file.
  stat_open : Handle -> Result Information Error = wait "fx_file_stat_open"
  /// Answers when what was written is on the disk.
  sync : Handle -> Result Unit Error = wait "fx_file_sync"
  /// Closing twice does nothing.
  close : Handle -> Unit = "fx_file_close"

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

private let remove_made (made : Result String Error) : Unit ! {File | e} =
  match made
  | Ok path ->
    let! _ = File.remove_all path
    ret ()
  | Err _ -> ret ()
