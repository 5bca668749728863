/// Base 64: binary data as text (RFC 4648).

import String

/// Bytes as text: with `+` and `/`, filled up with `=` to a multiple of four.
///
/// ```fx
/// Base64.encode "hello" == "aGVsbG8="
/// Base64.encode "\xfb\xff" == "+/8="
/// ```
let encode (bytes : String) : String = encode_with "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=" bytes

/// The same for URLs and file names: with `-` and `_`, and not filled up.
///
/// ```fx
/// Base64.encode_url "\xfb\xff" == "-_8"
/// ```
let encode_url (bytes : String) : String = encode_with "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" bytes

/// The bytes of what `encode` has made; `None` for anything else.
///
/// ```fx
/// Base64.decode "aGVsbG8=" == Some "hello"
/// Base64.decode "aGVsbG8" == None
/// Base64.decode "aGVsbG9=" == None
/// ```
let decode (text : String) : Option String =
  if String.length text % 4 != 0 then None else decode_with "+/" (without_filling 2 text)

/// The bytes of what `encode_url` has made; `None` for anything else.
///
/// ```fx
/// Base64.decode_url "-_8" == Some "\xfb\xff"
/// ```
let decode_url (text : String) : Option String = decode_with "-_" text

private let without_filling (limit : Int) (text : String) : String =
  match String.strip_suffix "=" text
  | Some shorter when limit > 0 -> without_filling (limit - 1) shorter
  | _ -> text

// The 64 digits, and the filling if there is to be any.
private extern let encode_with : String -> String -> String = "fx_base64_encode_with"

// The last two digits; the text is not filled up.
private extern let decode_with : String -> String -> Option String = "fx_base64_decode_with"
