import Console
import Error
import File
import Int
import List
import Result
import String

type Count = { lines : Int, words : Int, bytes : Int }

let none : Count = { lines = 0, words = 0, bytes = 0 }

let add (a : Count) (b : Count) : Count =
  { lines = a.lines + b.lines, words = a.words + b.words, bytes = a.bytes + b.bytes }

let is_space (byte : Int) : Bool = byte == 32 || byte >= 9 && byte <= 13

/// One walk over the bytes. A word begins at a byte that is no space and comes after one that is.
let count (text : String) : Count =
  let size = String.length text
  let walk at in_word lines words =
    if at == size then { lines, words, bytes = size }
    else
      let byte = String.byte_or_minus at text
      let lines' = if byte == 10 then lines + 1 else lines
      if is_space byte then walk (at + 1) False lines' words
      else walk (at + 1) True lines' (if in_word then words else words + 1)
  walk 0 False 0 0

let column (n : Int) : String = String.pad_start 8 " " (Int.to_string n)

let line (name : String) (c : Count) : String =
  "\(column c.lines)\(column c.words)\(column c.bytes) \(name)"

let count_file (path : String) : (String, Result Count Error) ! {File} =
  match! File.read path
  | Ok text -> ret (path, Ok (count text))
  | Err error -> ret (path, Err error)

let report (counted : (String, Result Count Error)) : Unit ! {Console} =
  match counted
  | (path, Ok c) -> Console.print_line (line path c)
  | (path, Err error) -> Console.error_line "word_count: \(path): \(Error.message error)"

/// All files are read at once; the answers come in the order of the arguments.
let main (paths : List String) : Int ! {Console, File} =
  if List.is_empty paths then
    do! Console.error_line "usage: word_count FILE..."
    ret 2
  else
    let! counted = List.map_par count_file paths
    do! List.iter_seq report counted
    let counts = List.filter_map (fun (_, result) -> Result.to_option result) counted
    let failed = List.length counts < List.length counted
    do! if List.length paths > 1 then Console.print_line (line "total" (List.fold add none counts))
    match! Console.write "" // says what became of the lines
    | Ok () | Err Error.BrokenPipe -> ret (if failed then 1 else 0)
    | Err error ->
      do! Console.error_line "word_count: standard output: \(Error.message error)"
      ret 1
