import Console
import Env
import List
import Path
import Result
import String

let main (arguments : List String) : Unit ! {Console, Env} =
  do! Console.print_line (show arguments)
  let! given = Env.get "FX_TEST_GIVEN"
  let! missing = Env.get "FX_TEST_MISSING"
  let! nul = Env.get "FX_TEST\0GIVEN"
  do! Console.print_line "\(show given) \(show missing) \(show nul)"
  let! all = Env.all
  do! Console.print_line (show (List.filter (fun (name, _) -> String.starts_with "FX_TEST" name) all))
  let! folder = Env.working_directory
  do! Console.print_line (show (Result.map (fun path -> Path.file_name path) folder))
  let! program = Env.program
  Console.print_line "\(program == "")"
