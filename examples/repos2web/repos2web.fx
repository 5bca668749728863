import Console
import Error
import File
import List
import Page
import Path
import Process
import Repository
import Versions

/// Packages that have been read.
cell Done : Int = 0

/// So many `dpkg` at once.
let comparisons : Int = 4

let main (arguments : List String) : Int ! {Console, Done, File, Process} =
  match arguments
  | [repository] -> make_site repository "html"
  | [repository, site] -> make_site repository site
  | _ ->
    do! Console.error_line "usage: repos2web REPOSITORY [SITE]"
    ret 2

let make_site (repository : String) (site : String) : Int ! {Console, Done, File, Process} =
  let! watched = Console.is_terminal
  match! if watched then Repository.read repository progress else Repository.read repository (ret ())
  | Err error ->
    do! complain (Path.join repository "packages") error
    ret 1
  | Ok { items, problems } ->
    do! if watched then Console.print "\r"
    do! List.iter_seq tell problems
    let! rows = List.map_pool comparisons row_of items
    match! write_page site (Page.of_rows (List.concat rows))
    | Err error ->
      do! complain site error
      ret 1
    | Ok () ->
      let unreadable = List.length problems
      do! Console.print_line "\(List.length (List.concat rows)) packages in \(Path.join site "index.html"), \(unreadable) unreadable"
      ret (if unreadable == 0 then 0 else 1)

/// A count for people: a hundred packages are too few to tell.
let progress : Unit ! {Console, Done} =
  do! Done.update (fun done -> done + 1)
  let! done = Done.get
  if done % 100 == 0 then Console.print "\r\(done) packages read"

let row_of (package : Repository.Package) : List Page.Row ! {Console, Process | e} =
  match! Versions.newest package
  | Ok { number, description } -> ret [{ name = package.name, version = number, count = List.length package.versions, description }]
  | Err error ->
    do! complain "dpkg --compare-versions for \(package.name)" error
    ret []

let write_page (site : String) (html : String) : Result Unit Error ! {File} =
  match! File.make_directory site
  | Err error when error != Error.AlreadyExists -> ret (Err error)
  | _ -> File.write (Path.join site "index.html") html

let complain (what : String) (error : Error) : Unit ! {Console | e} = Console.error_line "repos2web: \(what): \(Error.message error)"

let tell (problem : Repository.Problem) : Unit ! {Console | e} = complain problem.path problem.error

/// All problems are told, in their order.
spec all_told (problems : List Repository.Problem) =
  List.iter_seq tell problems runs
    match problems
    | [] ->
    | problem :: rest ->
      Console.error_line "repos2web: \(problem.path): \(Error.message problem.error)" => ()
      use all_told rest
  returns ()

private let row_by_length (package : Repository.Package) : List Page.Row =
  match package.versions
  | [] -> []
  | first :: others ->
    let { number, description } = Versions.longest first others
    [{ name = package.name, version = number, count = List.length package.versions, description }]

/// One row for each package, with the version that dpkg takes for the newest: here the one with the longest number.
spec row_made (package : Repository.Package) =
  row_of package runs
    match package.versions
    | [] ->
      Console.error_line "repos2web: dpkg --compare-versions for \(package.name): no such file or directory" => ()
    | first :: others ->
      use Versions.newest_is_longest first others
  returns row_by_length package

private let rows_by_length (packages : List Repository.Package) : List (List Page.Row) =
  match packages
  | [] -> []
  | package :: rest -> row_by_length package :: rows_by_length rest

/// However many packages there are, at most so many at once.
spec rows_made (packages : List Repository.Package) =
  List.map_pool comparisons row_of packages runs
    match packages
    | [] ->
    | package :: rest ->
      join
        use row_made package
      and
        use rows_made rest
  returns rows_by_length packages

/// A repository without a folder of packages ends it.
spec no_packages (repository : String) (site : String) (error : Error) =
  make_site repository site runs
    Console.is_terminal => False
    File.list (Path.join repository "packages") => Err error
    Console.error_line "repos2web: \(Path.join repository "packages"): \(Error.message error)" => ()
  returns 1

private let has_folder (made : Result Unit Error) : Bool =
  match made
  | Ok () -> True
  | Err error -> error == Error.AlreadyExists

private let page_outcome (made : Result Unit Error) (written : Result Unit Error) : Result Unit Error = if has_folder made then written else made

/// A folder that is there already is as good as one that was made.
spec page_written (site : String) (html : String) (made : Result Unit Error) (written : Result Unit Error) =
  write_page site html runs
    File.make_directory site => made
    if has_folder made then
      File.write (Path.join site "index.html") html => written
  returns page_outcome made written

/// Where the page cannot be written, that is told, and it is a failure.
spec no_page (repository : String) (site : String) (made : Result Unit Error) (written : Result Unit Error) =
  make_site repository site runs
    Console.is_terminal => False
    File.list (Path.join repository "packages") => Ok []
    use page_written site (Page.of_rows []) made written
    match page_outcome made written
    | Err error ->
      Console.error_line "repos2web: \(site): \(Error.message error)" => ()
    | Ok () ->
      Console.print_line "0 packages in \(Path.join site "index.html"), 0 unreadable" => ()
  returns (if page_outcome made written == Ok () then 0 else 1)

private let written_rows (packages : List Repository.Package) : List Page.Row = List.concat (rows_by_length packages)

private let summary (site : String) (found : Repository.Found Repository.Package) : String =
  let unreadable = List.length found.problems
  "\(List.length (written_rows found.items)) packages in \(Path.join site "index.html"), \(unreadable) unreadable"

/// The whole: what cannot be read is told, and all the others are on one page.
spec site_made (repository : String) (site : String) (listed : List Repository.Listed) =
  make_site repository site runs
    Console.is_terminal => False
    use Repository.all_read repository listed
    use all_told (Repository.found_in repository listed).problems
    use rows_made (Repository.found_in repository listed).items
    File.make_directory site => Ok ()
    File.write (Path.join site "index.html") (Page.of_rows (written_rows (Repository.found_in repository listed).items)) => Ok ()
    Console.print_line (summary site (Repository.found_in repository listed)) => ()
  returns (if List.length (Repository.found_in repository listed).problems == 0 then 0 else 1)
