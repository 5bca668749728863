/// The files of a folder, and nothing else of the disk.
import Answer
import Char
import Error
import ErrorLog
import File
import Http.Accept as Accept
import Http.Cache as Cache
import Http.Conditional as Conditional
import Http.Date as Date
import Http.Range as Range
import Http.Request as Request
import Http.Target as Target
import Int
import List
import Listing
import Log
import Mime
import Option
import Path
import Pattern
import String
import Tcp
import Time

/// How a folder is shown.
type Site = {
  folder : String,                    // its real path when Pluto began: absolute, without symbolic links
  lists : Bool,                       // folders without index.html are shown as a list
  is_application : Bool,              // addresses without a file get index.html
  caching : List (String, String),      // Cache-Control by path; the first that fits
  believes : Bool,                    // what was read is not read again for a second
  holds : Bool,                       // and not copied each time it is sent
  errors : ErrorLog.Target            // where it is told what the disk does not give
}

alias World = {File, Log, Remembered, Tcp, Time}

/// The real path of a folder, for `Site.folder`.
let find_folder (folder : String) : Result String Error ! {File} =
  match! File.real_path folder
  | Err error -> ret (Err error)
  | Ok path ->
    match! stat_quickly path
    | Err error -> ret (Err error)
    | Ok information -> ret (if information.kind == File.Folder then Ok path else Err Error.NotADirectory)

// ---- what was looked up lately ----

/// A file as it was found.
type Page = {
  information : File.Information,
  content : Option String,              // of a short file
  source : Answer.Source,
  validators : Conditional.Validators,
  media : String,
  fields : String,                      // of answers with a part of it
  whole : Answer.Answer,
  unchanged : Answer.Answer
}

/// What an address leads to.
type Thing = Page Page | Folder | Nothing | Forbidden | Broken Error

/// Read, and last found unchanged, at these nanoseconds since 1970. `place` is where the disk was asked.
type Kept = { page : Page, place : String, read : Int, checked : Int }

/// Answers that were given lately, shared by all connections. Addresses that lead nowhere are kept apart, with the time at which they did: whoever
/// asks for thousands of them drives out nothing else.
type Memory = {
  pages : Cache.Cache Kept,
  others : Cache.Cache (Thing, Int),
  folder : Option String              // the site's, where it is another than when Pluto began
}

private let nothing_yet : Memory = { pages = Cache.make 67_108_864, others = Cache.make 8192, folder = None }

cell Remembered : Memory = nothing_yet

/// Looks up again where the folder is that was named so: it may be a symbolic link that leads elsewhere by now. What was remembered is forgotten then.
let renew_folder (site : Site) (name : String) : Unit ! {World} =
  let! now = where_now site
  match! find_folder name
  | Err error -> ErrorLog.error site.errors "the folder \(name): \(Error.message error). \(now.folder) is still served."
  | Ok folder when folder == now.folder -> ret ()
  | Ok folder ->
    do! Remembered.set { nothing_yet with folder = Some folder }
    ErrorLog.info site.errors "\(folder) is served from now on."

private let where_now (site : Site) : Site ! {Remembered | e} =
  let! memory = Remembered.get
  ret (moved site memory)

private let moved (site : Site) (memory : Memory) : Site =
  match memory.folder
  | None -> site
  | Some folder -> { site with folder }

/// What a path leads to at a time in nanoseconds, or the same path in a coding ("br", "gzip"). It is believed for a second; then the disk is asked
/// whether it is still the same.
private let look (site : Site) (path : String) (coding : String) (now : Int) : Thing ! {File, Remembered, Tcp} =
  let key = key_of path coding
  let! memory = Remembered.get
  match Cache.get key memory.pages
  | Some kept when site.believes && is_recent kept.checked now -> ret (Page kept.page)
  | Some kept -> look_again (moved site memory) path coding key now kept
  | None ->
    match Cache.get key memory.others
    | Some (thing, found) when site.believes && is_recent found now -> ret thing
    | before ->
      let site = moved site memory
      let! thing = match before | None -> find site path coding now | Some _ -> find_again site path coding now
      do! remember site path coding key thing now
      ret thing

/// A clock that was set back says nothing about what was found before.
private let is_recent (found : Int) (now : Int) : Bool = now >= found && now - found < second

private let second = 1_000_000_000

private let key_of (path : String) (coding : String) : String = if coding == "" then path else "\(path)\0\(coding)"

/// What led nowhere mostly still does, and the system knows that without the disk.
private let find_again (site : Site) (path : String) (coding : String) (now : Int) : Thing ! {File, Tcp} =
  match! File.stat_at_hand (on_disk site path coding)
  | Some (Err error) -> ret (unfound error)
  | _ -> find site path coding now

/// One question to the disk tells whether the file is the one that was read: another would differ in its number, its size or its time.
private let look_again (site : Site) (path : String) (coding : String) (key : String) (now : Int) (kept : Kept) : Thing ! {File, Remembered, Tcp} =
  let settled = kept.page.information.modified + settling < kept.read / second
  let! same =
    match! stat_quickly kept.place
    | Ok information -> ret (settled && information == kept.page.information)
    | Err _ -> ret False
  if same then
    do! change_memory site (fun memory -> { memory with pages = Cache.renew key (weight kept) { kept with checked = now } memory.pages })
    ret (Page kept.page)
  else
    let! thing = find site path coding now
    do! remember site path coding key thing now
    ret thing

/// Mostly the system knows it without the disk, and no thread is needed to wait for that.
private let stat_quickly (path : String) : Result File.Information Error ! {File} =
  match! File.stat_at_hand path
  | Some found -> ret found
  | None -> File.stat path

/// In seconds. Some disks tell changes apart by two only: a file that was read so soon after a change may have changed once more.
private let settling = 2

private let remember (site : Site) (path : String) (coding : String) (key : String) (thing : Thing) (now : Int) : Unit ! {Remembered} =
  match thing
  | Page page ->
    let kept = { page, place = on_disk site path coding, read = now, checked = now }
    change_memory site (fun memory -> { memory with pages = Cache.insert key (weight kept) kept memory.pages })
  | _ -> change_memory site (fun memory ->
      { memory with pages = Cache.remove key memory.pages, others = Cache.insert key 1 (thing, now) memory.others })

/// By what was found in the folder, unless that is the site's no longer.
private let change_memory (site : Site) (change : Memory -> Memory) : Unit ! {Remembered} =
  Remembered.update (fun memory -> if (moved site memory).folder == site.folder then change memory else memory)

private let weight (kept : Kept) : Int =
  let length = String.length (Option.with_default "" kept.page.content)
  match kept.page.whole.body
  | Answer.Held _ _ -> 1024 + 2 * length
  | _ -> 1024 + length

// ---- the disk ----

private let on_disk (site : Site) (path : String) (coding : String) : String =
  match coding
  | "" -> "\(site.folder)/\(path)"
  | "gzip" -> "\(site.folder)/\(path).gz"
  | _ -> "\(site.folder)/\(path).\(coding)"

/// The file at `path`, if it is one and lies in the folder when all symbolic links have been followed. Mostly it is a short one that the system has
/// in memory, with no link on the way: then no thread is needed to wait for it.
private let find (site : Site) (path : String) (coding : String) (now : Int) : Thing ! {File, Tcp} =
  let place = on_disk site path coding
  match! File.read_at_hand place longest_text
  | Some (information, content) -> page_of site path coding place information (Some content) now
  | None -> find_on_disk site path coding now

private let find_on_disk (site : Site) (path : String) (coding : String) (now : Int) : Thing ! {File, Tcp} =
  match! File.real_path (on_disk site path coding)
  | Err error -> ret (unfound error)
  | Ok real ->
    if not (String.starts_with (site.folder ++ "/") real || real == site.folder || site.folder == "/") then ret Nothing
    else
      match! File.stat real
      | Err error -> ret (unfound error)
      | Ok information ->
        match information.kind
        | File.Folder -> ret Folder
        | File.Regular -> read site path coding real information now
        | _ -> ret Nothing

/// Files up to this size are read at once and go out together with their head.
private let longest_text = 65_536

private let read (site : Site) (path : String) (coding : String) (real : String) (information : File.Information) (now : Int) : Thing ! {File, Tcp} =
  if information.size > longest_text then
    // Whether it may be read is found out before anything is promised.
    match! File.with_file real (fun _ -> ret ())
    | Ok () -> page_of site path coding real information None now
    | Err error -> ret (unfound error)
  else
    match! File.read real
    | Ok content -> page_of site path coding real { information with size = String.length content } (Some content) now
    | Err error -> ret (unfound error)

private let unfound (error : Error) : Thing =
  match error
  | Error.PermissionDenied -> Forbidden
  | Error.NotFound | Error.NotADirectory | Error.InvalidInput | Error.NameTooLong | Error.TooManyLinks | Error.IsADirectory -> Nothing
  | _ -> Broken error

// ---- pages ----

private let page_of (site : Site) (path : String) (coding : String) (real : String) (information : File.Information) (content : Option String) (now : Int)
    : Thing ! {Tcp} =
  let { size, modified, nanosecond } = information
  let media = media_of path content
  let source = { key = key_of path coding, path = real, size, modified, nanosecond }
  let mark = if coding == "" then "" else "-\(coding)"
  let tag = "\"\(Int.to_base 16 modified)-\(Int.to_base 16 nanosecond)-\(Int.to_base 16 size)\(mark)\""
  let varies = if is_compressible media then "Vary: Accept-Encoding\r\n" else ""
  // A time that is still to come is none at which it was modified (RFC 9110 8.8.2.1).
  let last_modified = if modified > now / second then "" else "Last-Modified: \(Date.print modified)\r\n"
  let fields = "ETag: \(tag)\r\n\(last_modified)Cache-Control: \(caching_of site path media)\r\n\(varies)"
  let encoding = if coding == "" then "" else "Content-Encoding: \(coding)\r\n"
  let! body = body_of site source "\(source.key)\0\(information.inode)\0\(tag)\0\(now)" content
  let whole = Answer.make 200 "Content-Type: \(media)\r\n\(encoding)\(fields)Accept-Ranges: bytes\r\n\(Answer.no_sniffing)" size body
  let unchanged = Answer.not_modified fields
  ret (Page { information, content, source, validators = { tag, modified }, media, fields = "\(encoding)\(fields)", whole, unchanged })

private let body_of (site : Site) (source : Answer.Source) (name : String) (content : Option String) : Answer.Body ! {Tcp} =
  match content
  | Some text when site.holds && source.size >= least_held ->
    let! held = Tcp.hold text
    ret (Answer.Held name held)
  | Some text -> ret (Answer.Text text)
  | None -> ret (Answer.Pieces source [Answer.Bytes 0 source.size])

/// Shorter ones are copied as quickly.
private let least_held = 2048

/// By the end of its name; what has no known one is text if it reads as such.
private let media_of (path : String) (content : Option String) : String =
  match (Mime.of_extension (Path.extension path), content)
  | (Some media, _) -> media
  | (None, Some text) when String.is_utf8 text && not (String.contains "\0" text) -> "text/plain; charset=utf-8"
  | _ -> "application/octet-stream"

private let is_compressible (media : String) : Bool = Mime.is_text media

/// Unless told otherwise: pages change under the same name, so a browser asks again each time; what they refer to may be kept for a week.
private let caching_of (site : Site) (path : String) (media : String) : String =
  match List.find (fun (pattern, _) -> Pattern.fits path pattern) site.caching
  | Some (_, value) -> value
  | None -> if media == Answer.html then "no-cache" else "max-age=604800"

// ---- answers ----

/// What the site answers to a request at a time in nanoseconds.
let answer (site : Site) (request : Request.Request) (now : Int) : Answer.Answer ! {World} =
  match request.method
  | Request.Get | Request.Head ->
    match Target.resolve request.target
    | Target.Nonsense -> ret (Answer.failure 400)
    | Target.Hidden -> answer_not_found site now
    | Target.Inside path -> answer_path site request path now
  | Request.Options -> ret (if request.target == "*" || Target.resolve request.target != Target.Nonsense then Answer.options else Answer.failure 400)
  | Request.Other _ -> ret (Answer.failure 501)
  | _ -> ret Answer.method_not_allowed

private let is_folder (path : String) : Bool = path == "" || String.ends_with "/" path

private let answer_path (site : Site) (request : Request.Request) (path : String) (now : Int) : Answer.Answer ! {World} =
  let file = if is_folder path then path ++ "index.html" else path
  match! look site file "" now
  | Page page -> answer_page site request file page now
  | Folder when not (is_folder path) -> ret (Answer.moved_to "/\(Target.encode path)/\(Target.query request.target)")
  | Nothing | Folder ->
    if site.lists && is_folder path then answer_list site request path now
    else answer_missing site request path now
  | Forbidden -> ret (Answer.failure 403)
  | Broken error ->
    let! site = where_now site
    do! ErrorLog.error site.errors "\(on_disk site file ""): \(Error.message error)"
    ret (Answer.failure 500)

/// The addresses of an application are its own business; what looks like a file is not one of them.
private let answer_missing (site : Site) (request : Request.Request) (path : String) (now : Int) : Answer.Answer ! {World} =
  if site.is_application && not (String.contains "." (Path.file_name path)) then
    match! look site "index.html" "" now
    | Page page -> answer_page site request "index.html" page now
    | _ -> ret (Answer.failure 404)
  else
    answer_not_found site now

/// The site's own page, if there is one.
private let answer_not_found (site : Site) (now : Int) : Answer.Answer ! {World} =
  match! look site "404.html" "" now
  | Page { content = Some text } -> ret (Answer.of_text 404 Answer.page_fields text)
  | Page { source, whole } -> ret (Answer.make 404 Answer.page_fields source.size whole.body)
  | _ -> ret (Answer.failure 404)

private let answer_list (site : Site) (request : Request.Request) (path : String) (now : Int) : Answer.Answer ! {World} =
  match! look site path "" now
  | Folder ->
    let! now = where_now site
    match! Listing.list now.folder path
    | Ok text -> ret (Answer.of_text 200 Answer.page_fields text)
    | Err error -> ret (Answer.failure (if error == Error.PermissionDenied then 403 else 404))
  | _ -> answer_missing site request path now

/// In a coding that the client takes, if there is such a file beside it that is not older.
private let answer_page (site : Site) (request : Request.Request) (file : String) (page : Page) (now : Int) : Answer.Answer ! {World} =
  match Request.field "Accept-Encoding" request
  | Some list when is_compressible page.media ->
    let! coded = find_coded site file page (Accept.codings ["br", "gzip"] list) now
    ret (select request coded now)
  | _ -> ret (select request page now)

private let find_coded (site : Site) (file : String) (page : Page) (codings : List String) (now : Int) : Page ! {File, Remembered, Tcp} =
  match codings
  | [] -> ret page
  | coding :: rest ->
    match! look site file coding now
    | Page coded when coded.information.modified >= page.information.modified -> ret coded
    | _ -> find_coded site file page rest now

/// All of it, a part, or that nothing has changed.
private let select (request : Request.Request) (page : Page) (now : Int) : Answer.Answer =
  if request.selects then select_part request page now else page.whole

private let select_part (request : Request.Request) (page : Page) (now : Int) : Answer.Answer =
  let now = now / second
  match Conditional.check request now (Some page.validators)
  | Conditional.NotModified -> page.unchanged
  | Conditional.Failed -> Answer.failure 412
  | Conditional.Proceed ->
    match Request.field "Range" request
    | Some value when request.method == Request.Get && Conditional.range_holds request now page.validators ->
      match Range.select value page.source.size
      | Range.Whole -> page.whole
      | Range.NotSatisfiable -> Answer.not_satisfiable page.source.size
      | Range.Parts [part] -> one_part page part
      | Range.Parts parts -> many_parts page parts
    | _ -> page.whole

private let one_part (page : Page) (part : Range.Part) : Answer.Answer =
  let range = Range.content_range part page.source.size
  let fields = "Content-Type: \(page.media)\r\nContent-Range: \(range)\r\n\(page.fields)Accept-Ranges: bytes\r\n\(Answer.no_sniffing)"
  Answer.make 206 fields (Range.length part) (part_of page [piece_of page part])

/// RFC 9110 14.6. The boundary comes from the file's tag, which its author cannot foresee.
private let many_parts (page : Page) (parts : List Range.Part) : Answer.Answer =
  let boundary = "pluto-\(String.filter Char.is_alphanumeric page.validators.tag)"
  let open part = "\r\n--\(boundary)\r\nContent-Type: \(page.media)\r\nContent-Range: \(Range.content_range part page.source.size)\r\n\r\n"
  let pieces = List.concat_map (fun part -> [Answer.Words (open part), piece_of page part]) parts ++ [Answer.Words "\r\n--\(boundary)--\r\n"]
  let fields = "Content-Type: multipart/byteranges; boundary=\(boundary)\r\n\(page.fields)Accept-Ranges: bytes\r\n\(Answer.no_sniffing)"
  Answer.make 206 fields (List.sum (List.map length_of pieces)) (part_of page pieces)

private let piece_of (page : Page) (part : Range.Part) : Answer.Piece =
  match page.content
  | Some text -> Answer.Words (String.slice part.first (part.last + 1) text)
  | None -> Answer.Bytes part.first (Range.length part)

private let length_of (piece : Answer.Piece) : Int =
  match piece
  | Answer.Words text -> String.length text
  | Answer.Bytes _ count -> count

private let part_of (page : Page) (pieces : List Answer.Piece) : Answer.Body =
  match page.content
  | Some _ -> Answer.Text (String.concat (List.map (fun piece -> match piece | Answer.Words text -> text | Answer.Bytes _ _ -> "") pieces))
  | None -> Answer.Pieces page.source pieces

/// Forgets a file that turned out to be another than the one that was found.
let forget (source : Answer.Source) : Unit ! {Remembered} =
  Remembered.update (fun memory -> { memory with pages = Cache.remove source.key memory.pages })
