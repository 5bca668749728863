/// Media types, as they stand in a Content-Type field (RFC 9110, 8.3).

import List
import Path
import String

/// `text/html; charset=utf-8` in its parts: `kind` is `text`, `subtype` is `html`, both in small letters.
type Mime = { kind : String, subtype : String, parameters : List (String, String) }

/// The media type of a file by the end of its name; bytes of no known kind are `application/octet-stream`.
///
/// ```fx
/// Mime.of_path "site/index.html" == "text/html; charset=utf-8"
/// Mime.of_path "photo.JPG" == "image/jpeg"
/// Mime.of_path "README" == "application/octet-stream"
/// ```
let of_path (path : String) : String =
  match of_extension (Path.extension path)
  | Some media -> media
  | None -> "application/octet-stream"

/// The media type that an extension, without its dot, stands for.
///
/// ```fx
/// Mime.of_extension "css" == Some "text/css; charset=utf-8"
/// Mime.of_extension "unheard" == None
/// ```
let of_extension (extension : String) : Option String =
  match String.to_lower extension
  | "html" | "htm" -> Some "text/html; charset=utf-8"
  | "css" -> Some "text/css; charset=utf-8"
  | "js" | "mjs" | "cjs" -> Some "text/javascript; charset=utf-8"
  | "txt" | "text" | "log" | "conf" | "ini" | "fx" -> Some "text/plain; charset=utf-8"
  | "md" | "markdown" -> Some "text/markdown; charset=utf-8"
  | "csv" -> Some "text/csv; charset=utf-8"
  | "tsv" -> Some "text/tab-separated-values; charset=utf-8"
  | "ics" -> Some "text/calendar; charset=utf-8"
  | "vcf" -> Some "text/vcard; charset=utf-8"
  | "vtt" -> Some "text/vtt; charset=utf-8"
  | "xml" | "xsl" | "xsd" -> Some "application/xml"
  | "xhtml" | "xht" -> Some "application/xhtml+xml"
  | "atom" -> Some "application/atom+xml"
  | "rss" -> Some "application/rss+xml"
  | "json" | "map" -> Some "application/json"
  | "jsonld" -> Some "application/ld+json"
  | "geojson" -> Some "application/geo+json"
  | "webmanifest" -> Some "application/manifest+json"
  | "wasm" -> Some "application/wasm"
  | "pdf" -> Some "application/pdf"
  | "ps" | "eps" | "ai" -> Some "application/postscript"
  | "rtf" -> Some "application/rtf"
  | "epub" -> Some "application/epub+zip"
  | "doc" -> Some "application/msword"
  | "xls" -> Some "application/vnd.ms-excel"
  | "ppt" -> Some "application/vnd.ms-powerpoint"
  | "docx" -> Some "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | "xlsx" -> Some "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  | "pptx" -> Some "application/vnd.openxmlformats-officedocument.presentationml.presentation"
  | "odt" -> Some "application/vnd.oasis.opendocument.text"
  | "ods" -> Some "application/vnd.oasis.opendocument.spreadsheet"
  | "odp" -> Some "application/vnd.oasis.opendocument.presentation"
  | "zip" -> Some "application/zip"
  | "gz" | "tgz" -> Some "application/gzip"
  | "bz2" -> Some "application/x-bzip2"
  | "xz" -> Some "application/x-xz"
  | "zst" -> Some "application/zstd"
  | "7z" -> Some "application/x-7z-compressed"
  | "rar" -> Some "application/vnd.rar"
  | "tar" -> Some "application/x-tar"
  | "jar" -> Some "application/java-archive"
  | "deb" -> Some "application/vnd.debian.binary-package"
  | "rpm" -> Some "application/x-rpm"
  | "svg" -> Some "image/svg+xml"
  | "png" -> Some "image/png"
  | "apng" -> Some "image/apng"
  | "jpg" | "jpeg" | "jfif" -> Some "image/jpeg"
  | "jxl" -> Some "image/jxl"
  | "gif" -> Some "image/gif"
  | "webp" -> Some "image/webp"
  | "avif" -> Some "image/avif"
  | "heic" -> Some "image/heic"
  | "bmp" -> Some "image/bmp"
  | "tif" | "tiff" -> Some "image/tiff"
  | "ico" | "cur" -> Some "image/x-icon"
  | "woff" -> Some "font/woff"
  | "woff2" -> Some "font/woff2"
  | "ttf" -> Some "font/ttf"
  | "ttc" -> Some "font/collection"
  | "otf" -> Some "font/otf"
  | "eot" -> Some "application/vnd.ms-fontobject"
  | "mp3" -> Some "audio/mpeg"
  | "m4a" -> Some "audio/mp4"
  | "aac" -> Some "audio/aac"
  | "flac" -> Some "audio/flac"
  | "ogg" | "oga" | "opus" -> Some "audio/ogg"
  | "wav" -> Some "audio/wav"
  | "weba" -> Some "audio/webm"
  | "mid" | "midi" -> Some "audio/midi"
  | "mp4" | "m4v" -> Some "video/mp4"
  | "mpg" | "mpeg" -> Some "video/mpeg"
  | "ogv" -> Some "video/ogg"
  | "webm" -> Some "video/webm"
  | "mov" -> Some "video/quicktime"
  | "avi" -> Some "video/x-msvideo"
  | "mkv" -> Some "video/matroska"
  | "m3u8" -> Some "application/vnd.apple.mpegurl"
  | "mpd" -> Some "application/dash+xml"
  | "ts" -> Some "video/mp2t"
  | "gltf" -> Some "model/gltf+json"
  | "glb" -> Some "model/gltf-binary"
  | "torrent" -> Some "application/x-bittorrent"
  | _ -> None

/// Takes a media type apart; `None` where it has no kind or no subtype.
///
/// ```fx
/// Mime.parse "Text/HTML; charset=\"utf-8\"" == Some { kind = "text", subtype = "html", parameters = [("charset", "utf-8")] }
/// Mime.parse "html" == None
/// ```
let parse (text : String) : Option Mime =
  match split_fields text
  | [] -> None
  | essence :: fields ->
    match String.split_once "/" (String.to_lower essence)
    | Some (kind, subtype) when kind != "" && subtype != "" -> Some { kind, subtype, parameters = List.filter_map parse_parameter fields }
    | _ -> None

private let parse_parameter (field : String) : Option (String, String) =
  match String.split_once "=" field
  | Some (name, value) -> Some (String.to_lower (String.trim name), unquote (String.trim value))
  | None -> None

private let unquote (value : String) : String =
  match String.strip_prefix "\"" value
  | Some rest -> unescape (if String.ends_with "\"" rest then String.drop_end 1 rest else rest)
  | None -> value

// A backslash stands for the character behind it, which may be a backslash.
private let unescape (text : String) : String =
  String.join "\\" (List.map (fun piece -> String.replace "\\" "" piece) (String.split "\\\\" text))

// At the semicolons outside of quotes.
private let split_fields (text : String) : List String = List.reverse (split_from [] 0 0 False text)

private let split_from (done : List String) (start : Int) (index : Int) (quoted : Bool) (text : String) : List String =
  match String.byte_or_minus index text
  | -1 -> String.trim (String.drop start text) :: done
  | 34 -> split_from done start (index + 1) (not quoted) text
  | 92 when quoted -> split_from done start (index + 2) True text
  | 59 when not quoted -> split_from (String.trim (String.slice start index text) :: done) (index + 1) (index + 1) False text
  | _ -> split_from done start (index + 1) quoted text

/// The media type as text.
///
/// ```fx
/// Mime.to_string { kind = "text", subtype = "html", parameters = [("charset", "utf-8")] } == "text/html; charset=utf-8"
/// ```
let to_string (mime : Mime) : String =
  String.concat ("\(mime.kind)/\(mime.subtype)" :: List.map (fun (name, value) -> "; \(name)=\(quote value)") mime.parameters)

private let quote (value : String) : String =
  if value != "" && String.all is_plain value then value
  else "\"" ++ String.replace "\"" "\\\"" (String.replace "\\" "\\\\" value) ++ "\""

private let is_plain (c : Char) : Bool =
  String.contains "\(c)" "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"

/// Whether it is worth compressing: text in one form or another.
///
/// ```fx
/// Mime.is_text "text/html; charset=utf-8"
/// Mime.is_text "image/svg+xml"
/// Mime.is_text "image/png" == False
/// ```
let is_text (media : String) : Bool =
  match parse media
  | None -> False
  | Some { kind, subtype } ->
    kind == "text"
      || List.contains subtype ["json", "xml", "javascript", "wasm"]
      || String.ends_with "+xml" subtype
      || String.ends_with "+json" subtype
