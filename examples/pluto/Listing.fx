/// The list of a folder's files, as a page for people.
import Error
import File
import List
import String
import Time
import Url

type Entry = { name : String, information : File.Information }

/// A page about the folder at `path` ("" or ending in `/`) in `top`: folders first, each sorted by name. Hidden names, links that lead out of
/// `top` and what is neither file nor folder are left out.
let list (top : String) (path : String) : Result String Error ! {File} =
  match! File.list "\(top)/\(path)"
  | Err error -> ret (Err error)
  | Ok names ->
    let shown = List.filter (fun name -> not (String.starts_with "." name)) names
    let! entries = List.map_pool 8 (look top path) shown
    ret (Ok (page path (List.sort_by order (List.filter_map (fun entry -> entry) entries))))

private let look (top : String) (path : String) (name : String) : Option Entry ! {File} =
  match! File.real_path "\(top)/\(path)\(name)"
  | Ok real when String.starts_with (if top == "/" then top else top ++ "/") real ->
    match! File.stat real
    | Ok information when information.kind == File.Regular || information.kind == File.Folder -> ret (Some { name, information })
    | _ -> ret None
  | _ -> ret None

private let order (entry : Entry) : (Bool, String, String) = (not (is_folder entry), String.to_lower entry.name, entry.name)

private let is_folder (entry : Entry) : Bool = entry.information.kind == File.Folder

// ---- the page ----

private let page (path : String) (entries : List Entry) : String =
  let title = escape "/\(path)"
  let up = if path == "" then "" else "<tr><td><a href=\"../\">..</a><td><td>\n"
  let rows = String.concat (List.map row entries)
  let count = match List.length entries | 0 -> "Nothing is here." | 1 -> "1 entry" | n -> "\(n) entries"
  """
  <!doctype html>
  <html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>\(title)</title>
  <style>
    :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }
    body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
    h1 { font-size: 1.3rem; overflow-wrap: anywhere }
    table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
    th { text-align: left; font-weight: 600 }
    th, td { padding: .2rem .5rem; border-bottom: 1px solid #8884 }
    td:first-child { overflow-wrap: anywhere }
    td:nth-child(n+2), th:nth-child(n+2) { text-align: right; white-space: nowrap }
    tr:hover { background: #8881 }
    a { text-decoration: none }
    a:hover { text-decoration: underline }
  </style>
  <h1>\(title)</h1>
  <table>
  <thead><tr><th>Name<th>Size<th>Changed (UTC)
  <tbody>
  \(up)\(rows)</table>
  <p>\(count)</p>
  """

private let row (entry : Entry) : String =
  let mark = if is_folder entry then "/" else ""
  let size = if is_folder entry then "" else human_size entry.information.size
  let changed = String.replace "T" " " (String.slice 0 16 (Time.rfc3339 entry.information.modified))
  // `./` in front: a colon in the name is not taken for a scheme (RFC 3986 4.2).
  "<tr><td><a href=\"./\(Url.encode entry.name)\(mark)\">\(escape entry.name)\(mark)</a><td>\(size)<td>\(changed)\n"

/// Three digits are enough for people.
private let human_size (bytes : Int) : String =
  if bytes < 1024 then "\(bytes) B" else scaled (bytes * 10 / 1024) ["KiB", "MiB", "GiB", "TiB", "PiB"]

private let scaled (tenths : Int) (units : List String) : String =
  match units
  | unit :: _ :: _ when tenths < 10_240 -> number tenths unit
  | _ :: rest when rest != [] -> scaled (tenths / 1024) rest
  | unit :: _ -> number tenths unit
  | [] -> ""

private let number (tenths : Int) (unit : String) : String =
  if tenths < 100 then "\(tenths / 10).\(tenths % 10) \(unit)" else "\(tenths / 10) \(unit)"

/// A text as it stands in HTML, also within quotes.
private let escape (text : String) : String =
  List.fold (fun done (plain, written) -> String.replace plain written done) text
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]

test "what a name may hold" = escape "<a href='x'>&\"" == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;"
test "sizes" = List.map human_size [0, 1023, 1024, 1536, 10_485_760, 5_000_000_000_000] == ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "10 MiB", "4.5 TiB"]
