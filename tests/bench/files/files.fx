import Console
import Error
import File
import List
import Result
import String

let must (result : Result a Error) : a =
  match result
  | Ok value -> value
  | Err error -> fault (Error.message error)

let main (_ : List String) : Unit ! {Console, File} =
  let text = String.repeat 1000 "x"
  let! read = File.with_temporary_directory "bench" (fun folder ->
    let names = List.map (fun n -> "\(folder)/\(n)") (List.range 1 20_000)
    do! List.iter_pool 64 (fun name -> let! written = File.write name text in ret (must written)) names
    List.map_pool 64 (fun name -> let! text = File.read name in ret (String.length (must text))) names)
  Console.print_line "\(List.fold (fun sum length -> sum + length) 0 (Result.with_default [] read))"
