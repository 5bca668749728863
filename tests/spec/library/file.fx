// Each fallible operation of File, when it succeeds and when it fails.
import Error
import File

spec read_ok (text : String) (answer : String) =
  File.read text runs
    File.read text => Ok answer
  returns Ok answer

spec read_error (text : String) (error : Error) =
  File.read text runs
    File.read text => Err error
  returns Err error

spec write_ok (text : String) (other : String) =
  File.write text other runs
    File.write text other => Ok ()
  returns Ok ()

spec write_error (text : String) (other : String) (error : Error) =
  File.write text other runs
    File.write text other => Err error
  returns Err error

spec replace_ok (text : String) (other : String) =
  File.replace text other runs
    File.replace text other => Ok ()
  returns Ok ()

spec replace_error (text : String) (other : String) (error : Error) =
  File.replace text other runs
    File.replace text other => Err error
  returns Err error

spec append_ok (text : String) (other : String) =
  File.append text other runs
    File.append text other => Ok ()
  returns Ok ()

spec append_error (text : String) (other : String) (error : Error) =
  File.append text other runs
    File.append text other => Err error
  returns Err error

spec delete_ok (text : String) =
  File.delete text runs
    File.delete text => Ok ()
  returns Ok ()

spec delete_error (text : String) (error : Error) =
  File.delete text runs
    File.delete text => Err error
  returns Err error

spec list_ok (text : String) (answer : List String) =
  File.list text runs
    File.list text => Ok answer
  returns Ok answer

spec list_error (text : String) (error : Error) =
  File.list text runs
    File.list text => Err error
  returns Err error

spec stat_ok (text : String) (answer : File.Information) =
  File.stat text runs
    File.stat text => Ok answer
  returns Ok answer

spec stat_error (text : String) (error : Error) =
  File.stat text runs
    File.stat text => Err error
  returns Err error

spec stat_link_ok (text : String) (answer : File.Information) =
  File.stat_link text runs
    File.stat_link text => Ok answer
  returns Ok answer

spec stat_link_error (text : String) (error : Error) =
  File.stat_link text runs
    File.stat_link text => Err error
  returns Err error

spec real_path_ok (text : String) (answer : String) =
  File.real_path text runs
    File.real_path text => Ok answer
  returns Ok answer

spec real_path_error (text : String) (error : Error) =
  File.real_path text runs
    File.real_path text => Err error
  returns Err error

spec rename_ok (text : String) (other : String) =
  File.rename text other runs
    File.rename text other => Ok ()
  returns Ok ()

spec rename_error (text : String) (other : String) (error : Error) =
  File.rename text other runs
    File.rename text other => Err error
  returns Err error

spec copy_ok (text : String) (other : String) =
  File.copy text other runs
    File.copy text other => Ok ()
  returns Ok ()

spec copy_error (text : String) (other : String) (error : Error) =
  File.copy text other runs
    File.copy text other => Err error
  returns Err error

spec make_link_ok (text : String) (other : String) =
  File.make_link text other runs
    File.make_link text other => Ok ()
  returns Ok ()

spec make_link_error (text : String) (other : String) (error : Error) =
  File.make_link text other runs
    File.make_link text other => Err error
  returns Err error

spec read_link_ok (text : String) (answer : String) =
  File.read_link text runs
    File.read_link text => Ok answer
  returns Ok answer

spec read_link_error (text : String) (error : Error) =
  File.read_link text runs
    File.read_link text => Err error
  returns Err error

spec set_permissions_ok (text : String) (number : Int) =
  File.set_permissions text number runs
    File.set_permissions text number => Ok ()
  returns Ok ()

spec set_permissions_error (text : String) (number : Int) (error : Error) =
  File.set_permissions text number runs
    File.set_permissions text number => Err error
  returns Err error

spec make_directory_ok (text : String) =
  File.make_directory text runs
    File.make_directory text => Ok ()
  returns Ok ()

spec make_directory_error (text : String) (error : Error) =
  File.make_directory text runs
    File.make_directory text => Err error
  returns Err error

spec make_directories_ok (text : String) =
  File.make_directories text runs
    File.make_directories text => Ok ()
  returns Ok ()

spec make_directories_error (text : String) (error : Error) =
  File.make_directories text runs
    File.make_directories text => Err error
  returns Err error

spec remove_directory_ok (text : String) =
  File.remove_directory text runs
    File.remove_directory text => Ok ()
  returns Ok ()

spec remove_directory_error (text : String) (error : Error) =
  File.remove_directory text runs
    File.remove_directory text => Err error
  returns Err error

spec remove_all_ok (text : String) =
  File.remove_all text runs
    File.remove_all text => Ok ()
  returns Ok ()

spec remove_all_error (text : String) (error : Error) =
  File.remove_all text runs
    File.remove_all text => Err error
  returns Err error

spec make_temporary_directory_ok (text : String) (answer : String) =
  File.make_temporary_directory text runs
    File.make_temporary_directory text => Ok answer
  returns Ok answer

spec make_temporary_directory_error (text : String) (error : Error) =
  File.make_temporary_directory text runs
    File.make_temporary_directory text => Err error
  returns Err error

spec make_temporary_file_ok (text : String) (answer : String) =
  File.make_temporary_file text runs
    File.make_temporary_file text => Ok answer
  returns Ok answer

spec make_temporary_file_error (text : String) (error : Error) =
  File.make_temporary_file text runs
    File.make_temporary_file text => Err error
  returns Err error

spec open_read_ok (text : String) (answer : File.Handle) =
  File.open_read text runs
    File.open_read text => Ok answer
  returns Ok answer

spec open_read_error (text : String) (error : Error) =
  File.open_read text runs
    File.open_read text => Err error
  returns Err error

spec open_write_ok (text : String) (answer : File.Handle) =
  File.open_write text runs
    File.open_write text => Ok answer
  returns Ok answer

spec open_write_error (text : String) (error : Error) =
  File.open_write text runs
    File.open_write text => Err error
  returns Err error

spec read_at_ok (file : File.Handle) (number : Int) (count : Int) (answer : String) =
  File.read_at file number count runs
    File.read_at file number count => Ok answer
  returns Ok answer

spec read_at_error (file : File.Handle) (number : Int) (count : Int) (error : Error) =
  File.read_at file number count runs
    File.read_at file number count => Err error
  returns Err error

spec write_at_ok (file : File.Handle) (number : Int) (text : String) =
  File.write_at file number text runs
    File.write_at file number text => Ok ()
  returns Ok ()

spec write_at_error (file : File.Handle) (number : Int) (text : String) (error : Error) =
  File.write_at file number text runs
    File.write_at file number text => Err error
  returns Err error

spec set_size_ok (file : File.Handle) (number : Int) =
  File.set_size file number runs
    File.set_size file number => Ok ()
  returns Ok ()

spec set_size_error (file : File.Handle) (number : Int) (error : Error) =
  File.set_size file number runs
    File.set_size file number => Err error
  returns Err error

spec stat_open_ok (file : File.Handle) (answer : File.Information) =
  File.stat_open file runs
    File.stat_open file => Ok answer
  returns Ok answer

spec stat_open_error (file : File.Handle) (error : Error) =
  File.stat_open file runs
    File.stat_open file => Err error
  returns Err error

spec sync_ok (file : File.Handle) =
  File.sync file runs
    File.sync file => Ok ()
  returns Ok ()

spec sync_error (file : File.Handle) (error : Error) =
  File.sync file runs
    File.sync file => Err error
  returns Err error

spec watch_ok (text : String) (answer : File.Watch) =
  File.watch text runs
    File.watch text => Ok answer
  returns Ok answer

spec watch_error (text : String) (error : Error) =
  File.watch text runs
    File.watch text => Err error
  returns Err error

spec changes_ok (watch : File.Watch) (answer : List File.Change) =
  File.changes watch runs
    File.changes watch => Ok answer
  returns Ok answer

spec changes_error (watch : File.Watch) (error : Error) =
  File.changes watch runs
    File.changes watch => Err error
  returns Err error

spec stat_at_hand_ok (text : String) (answer : File.Information) =
  File.stat_at_hand text runs
    File.stat_at_hand text => Some (Ok answer)
  returns Some (Ok answer)

spec stat_at_hand_error (text : String) (error : Error) =
  File.stat_at_hand text runs
    File.stat_at_hand text => Some (Err error)
  returns Some (Err error)

// ---- what is done with something is undone, whatever comes in between ----

spec with_file_ok (text : String) (file : File.Handle) (answer : Result String Error) =
  File.with_file text (fun file -> File.read_at file 0 4) runs
    File.open_read text => Ok file
    File.read_at file 0 4 => answer
    File.close file => ()
  returns Ok answer

spec with_file_error (text : String) (error : Error) =
  File.with_file text (fun file -> File.read_at file 0 4) runs
    File.open_read text => Err error
  returns Err error

spec with_file_to_write_ok (text : String) (file : File.Handle) (other : String) (answer : Result Unit Error) =
  File.with_file_to_write text (fun file -> File.write_at file 0 other) runs
    File.open_write text => Ok file
    File.write_at file 0 other => answer
    File.close file => ()
  returns Ok answer

spec with_file_to_write_error (text : String) (other : String) (error : Error) =
  File.with_file_to_write text (fun file -> File.write_at file 0 other) runs
    File.open_write text => Err error
  returns Err error

spec with_temporary_directory_ok (text : String) (path : String) (answer : Result (List String) Error) (removed : Result Unit Error) =
  File.with_temporary_directory text (fun path -> File.list path) runs
    File.make_temporary_directory text => Ok path
    File.list path => answer
    File.remove_all path => removed
  returns Ok answer

spec with_temporary_directory_error (text : String) (error : Error) =
  File.with_temporary_directory text (fun path -> File.list path) runs
    File.make_temporary_directory text => Err error
  returns Err error

spec with_temporary_file_ok (text : String) (path : String) (answer : Result String Error) (removed : Result Unit Error) =
  File.with_temporary_file text (fun path -> File.read path) runs
    File.make_temporary_file text => Ok path
    File.read path => answer
    File.remove_all path => removed
  returns Ok answer

spec with_temporary_file_error (text : String) (error : Error) =
  File.with_temporary_file text (fun path -> File.read path) runs
    File.make_temporary_file text => Err error
  returns Err error

spec with_watch_ok (text : String) (watch : File.Watch) (answer : Result (List File.Change) Error) =
  File.with_watch text (fun watch -> File.changes watch) runs
    File.watch text => Ok watch
    File.changes watch => answer
    File.stop_watch watch => ()
  returns Ok answer

spec with_watch_error (text : String) (error : Error) =
  File.with_watch text (fun watch -> File.changes watch) runs
    File.watch text => Err error
  returns Err error
