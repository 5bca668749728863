/// Which of two versions is newer is for the package manager to say: `dpkg --compare-versions A gt B` ends with 0 when A is.
import Error
import Process
import Repository
import String

/// The newest of a package's versions; the error of a `dpkg` that cannot be run.
let newest (package : Repository.Package) : Result Repository.Version Error ! {Process | e} =
  match package.versions
  | [] -> ret (Err Error.NotFound)
  | first :: rest -> newest_of first rest

private let newest_of (best : Repository.Version) (others : List Repository.Version) : Result Repository.Version Error ! {Process | e} =
  match others
  | [] -> ret (Ok best)
  | other :: rest ->
    match! is_newer other best
    | Err error -> ret (Err error)
    | Ok True -> newest_of other rest
    | Ok False -> newest_of best rest

let is_newer (a : Repository.Version) (b : Repository.Version) : Result Bool Error ! {Process | e} =
  match! Process.run ["dpkg", "--compare-versions", a.number, "gt", b.number]
  | Ok output -> ret (Ok (output.status == 0))
  | Err error -> ret (Err error)

/// What dpkg says decides, whatever it is.
spec newest_of_two (a : String) (b : String) (status : Int) =
  newest { name = "io", versions = [{ number = "1.9", description = a }, { number = "1.10", description = b }] } runs
    Process.run ["dpkg", "--compare-versions", "1.10", "gt", "1.9"] => Ok { status, stdout = "", stderr = "" }
  returns Ok (if status == 0 then { number = "1.10", description = b } else { number = "1.9", description = a })

/// A version, and the status with which dpkg says whether it is newer than the newest so far.
alias Compared = (Repository.Version, Int)

private let versions_of (compared : List Compared) : List Repository.Version =
  match compared
  | [] -> []
  | (version, _) :: rest -> version :: versions_of rest

private let last_newer (best : Repository.Version) (compared : List Compared) : Repository.Version =
  match compared
  | [] -> best
  | (version, status) :: rest -> last_newer (if status == 0 then version else best) rest

/// Each is compared with the newest so far, however many there are: the spec uses itself on the rest.
spec newest_of_all (best : Repository.Version) (compared : List Compared) =
  newest_of best (versions_of compared) runs
    match compared
    | [] ->
    | (version, status) :: rest ->
      Process.run ["dpkg", "--compare-versions", version.number, "gt", best.number] => Ok { status, stdout = "", stderr = "" }
      use newest_of_all (if status == 0 then version else best) rest
  returns Ok (last_newer best compared)

/// The version with the longest number, the first of those: what a dpkg would find that took it for the newest.
let longest (best : Repository.Version) (others : List Repository.Version) : Repository.Version =
  match others
  | [] -> best
  | other :: rest -> longest (if is_longer other best then other else best) rest

private let is_longer (a : Repository.Version) (b : Repository.Version) : Bool = String.length a.number > String.length b.number

spec newest_is_longest (best : Repository.Version) (others : List Repository.Version) =
  newest_of best others runs
    match others
    | [] ->
    | other :: rest ->
      Process.run ["dpkg", "--compare-versions", other.number, "gt", best.number] => Ok { status = if is_longer other best then 0 else 1, stdout = "", stderr = "" }
      use newest_is_longest (if is_longer other best then other else best) rest
  returns Ok (longest best others)
