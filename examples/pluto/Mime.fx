/// The type of a file by the end of its name.
import Path
import String

/// For the Content-Type field.
let of_path (path : String) : String =
  match String.to_lower (Path.extension path)
  | "html" | "htm" -> html
  | "css" -> "text/css; charset=utf-8"
  | "js" | "mjs" -> "text/javascript; charset=utf-8"
  | "json" | "map" -> "application/json"
  | "xml" -> "application/xml"
  | "md" -> "text/markdown; charset=utf-8"
  | "csv" -> "text/csv; charset=utf-8"
  | "svg" -> "image/svg+xml"
  | "png" -> "image/png"
  | "jpg" | "jpeg" -> "image/jpeg"
  | "gif" -> "image/gif"
  | "webp" -> "image/webp"
  | "avif" -> "image/avif"
  | "ico" -> "image/x-icon"
  | "woff" -> "font/woff"
  | "woff2" -> "font/woff2"
  | "ttf" -> "font/ttf"
  | "mp3" -> "audio/mpeg"
  | "ogg" -> "audio/ogg"
  | "mp4" -> "video/mp4"
  | "webm" -> "video/webm"
  | "pdf" -> "application/pdf"
  | "wasm" -> "application/wasm"
  | "zip" -> "application/zip"
  | "gz" -> "application/gzip"
  | _ -> "text/plain; charset=utf-8"

let html = "text/html; charset=utf-8"

/// Pages change under the same name, so a browser asks again each time; what they refer to may be kept for a week.
let cache_control (content_type : String) : String =
  if content_type == html then "no-cache" else "max-age=604800"
