/// The page: pure text. Whatever comes from a package is escaped.
import Int
import List
import String

/// A row: the package's name, its newest version, how many it has, and what it is.
type Row = { name : String, version : String, count : Int, description : String }

let of_rows (rows : List Row) : String = """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <title>Packages</title>
  <style>
  body { font-family: sans-serif; max-width: 60em; margin: 2em auto; }
  td, th { padding: 0.2em 1em 0.2em 0; text-align: left; vertical-align: top; }
  </style>
  </head>
  <body>
  <h1>\(Int.to_string (List.length rows)) packages</h1>
  <table>
  <thead><tr><th>Name</th><th>Newest</th><th>Versions</th><th>Description</th></tr></thead>
  <tbody>
  \(String.concat (List.map row rows))</tbody>
  </table>
  </body>
  </html>
  """

private let row (r : Row) : String =
  let fields = [escape r.name, escape r.version, Int.to_string r.count, escape r.description]
  "<tr>\(String.concat (List.map field fields))</tr>\n"

private let field (html : String) : String = "<td>\(html)</td>"

/// Text as HTML, in elements as in attributes.
///
/// ```fx
/// Page.escape "<a href=\"x\">Tom & Jerry's</a>" == "&lt;a href=&quot;x&quot;&gt;Tom &amp; Jerry&#39;s&lt;/a&gt;"
/// ```
let escape (text : String) : String =
  let replacements = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
  List.fold (fun done (plain, escaped) -> String.replace plain escaped done) text replacements
