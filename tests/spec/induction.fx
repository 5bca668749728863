/// Specs that use themselves on the tail of a list.
import Console
import File
import Error

let say_all (xs : List String) : Unit ! {Console} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! Console.print_line x
    say_all rest

spec say_all_ok (xs : List String) =
  say_all xs runs
    match xs
    | [] ->
    | x :: rest ->
      Console.print_line x => ()
      use say_all_ok rest
  returns ()

let get_packages (repository : String) (packages : List String) : List (String, Result String Error) ! {File} =
  match packages
  | [] -> ret []
  | package :: rest ->
    let! (one, others) = join (get_package repository package) (get_packages repository rest)
    ret (one :: others)

let get_package (repository : String) (package : String) : (String, Result String Error) ! {File} =
  let! text = File.read (repository ++ "/" ++ package)
  ret (package, text)

spec get_package_ok (repository : String) (package : String) (text : Result String Error) =
  get_package repository package runs
    File.read "\(repository)/\(package)" => text
  returns (package, text)

let map_seq (f : a -> b ! e) (xs : List a) : List b ! e =
  match xs
  | [] -> ret []
  | x :: rest ->
    let! y = f x
    let! ys = map_seq f rest
    ret (y :: ys)

let names_of (packages : List (String, Result String Error)) : List String =
  match packages
  | [] -> []
  | (name, _) :: rest -> name :: names_of rest

spec get_packages_ok (repository : String) (packages : List (String, Result String Error)) =
  get_packages repository (names_of packages) runs
    match packages
    | [] ->
    | (package, text) :: rest ->
      join
        use get_package_ok repository package text
      and
        use get_packages_ok repository rest
  returns packages

let units (xs : List a) : List Unit =
  match xs
  | [] -> []
  | _ :: rest -> () :: units rest

spec map_seq_ok (xs : List String) =
  map_seq Console.print_line xs runs
    match xs
    | [] ->
    | x :: rest ->
      Console.print_line x => ()
      use map_seq_ok rest
  returns units xs

let map_par (f : a -> b ! e) (xs : List a) : List b ! e =
  match xs
  | [] -> ret []
  | x :: rest ->
    let! (y, ys) = join (f x) (map_par f rest)
    ret (y :: ys)

spec map_par_ok (xs : List (String, Result String Error)) =
  map_par File.read (names_of xs) runs
    match xs
    | [] ->
    | (path, text) :: rest ->
      join
        File.read path => text
      and
        use map_par_ok rest
  returns answers_of xs

let answers_of (xs : List (a, b)) : List b =
  match xs
  | [] -> []
  | (_, y) :: rest -> y :: answers_of rest
