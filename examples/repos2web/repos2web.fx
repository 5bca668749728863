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
  match! Repository.read repository (progress watched)
  | Err error ->
    do! complain (Path.join repository "packages") error
    ret 1
  | Ok { items, problems } ->
    do! if watched then Console.print "\r"
    do! List.iter_seq (fun problem -> complain problem.path problem.error) problems
    let! rows = List.map_pool comparisons row_of items
    match! write_page site (Page.of_rows (List.concat rows))
    | Err error ->
      do! complain site error
      ret 1
    | Ok () ->
      do! Console.print_line "\(List.length (List.concat rows)) packages in \(Path.join site "index.html"), \(List.length problems) unreadable"
      ret (if List.is_empty problems then 0 else 1)

/// A count for people: a hundred packages are too few to tell.
let progress (watched : Bool) : Unit ! {Console, Done} =
  do! Done.update (fun done -> done + 1)
  let! done = Done.get
  if watched && done % 100 == 0 then Console.print "\r\(done) packages read"

let row_of (package : Repository.Package) : List Page.Row ! {Console, Process} =
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
