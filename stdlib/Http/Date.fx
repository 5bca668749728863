/// Points in time in HTTP's header fields (RFC 9110 5.6.7): one way to write them, three to read.
import Int
import List
import String
import Time

/// Seconds since 1970-01-01 00:00 UTC as a field's value.
///
/// ```fx
/// Date.print 784_111_777 == "Sun, 06 Nov 1994 08:49:37 GMT"
/// ```
let print (time : Int) : String = Time.rfc1123 time

/// The point in time that a field's value stands for, in any of the three forms. A year of two digits that would be more than fifty years
/// after `now` belongs to the century before.
///
/// ```fx
/// Date.parse 0 "Sun, 06 Nov 1994 08:49:37 GMT" == Some 784_111_777
/// Date.parse 1_700_000_000 "Sunday, 06-Nov-94 08:49:37 GMT" == Some 784_111_777
/// Date.parse 0 "Sun Nov  6 08:49:37 1994" == Some 784_111_777
/// Date.parse 0 "1994-11-06" == None
/// ```
let parse (now : Int) (text : String) : Option Int =
  match Time.parse_rfc1123 text
  | Some time -> Some time
  | None ->
    match String.words text
    | [_, month, day, clock, year] -> Time.parse_rfc1123 (agreeing "\(String.pad_start 2 "0" day) \(month) \(year) \(clock)")
    | [_, date, clock, "GMT"] ->
      match String.split "-" date
      | [day, month, year] when String.length year == 2 ->
        match Int.parse year
        | Some short -> Time.parse_rfc1123 (agreeing "\(day) \(month) \(full_year now short) \(clock)")
        | None -> None
      | _ -> None
    | _ -> None

private let full_year (now : Int) (short : Int) : Int =
  let this = (Time.date now).year
  let year = this - this % 100 + short
  if year > this + 50 then year - 100 else year

// The day of the week follows from the date, and is not believed.
private let agreeing (date : String) : String =
  let with_day day = "\(day), \(date) GMT"
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  match List.find (fun day -> Time.parse_rfc1123 (with_day day) != None) days
  | Some day -> with_day day
  | None -> ""
