/// Clocks, waiting, and points in time as text. Times are in seconds since 1970-01-01 00:00 UTC unless said otherwise.
import Int
import Option
import String

extern effect Time =
  /// Seconds since 1970-01-01 00:00 UTC.
  get : Int = "fx_time_get"
  /// The same in nanoseconds.
  now : Int = "fx_time_now"
  /// Nanoseconds of a clock that is never set: for measuring.
  monotonic : Int = "fx_time_monotonic"
  /// Waits for so many milliseconds. 0 or less lets the others go first.
  sleep : Int -> Unit = wait "fx_time_sleep"

/// A day of the calendar.
type Date = { year : Int, month : Int, day : Int }

private let seconds_a_day = 86_400

/// A point in time as HTTP writes it (RFC 9110 5.6.7, RFC 1123).
///
/// ```fx
/// Time.rfc1123 0 == "Thu, 01 Jan 1970 00:00:00 GMT"
/// Time.rfc1123 784_111_777 == "Sun, 06 Nov 1994 08:49:37 GMT"
/// ```
let rfc1123 (time : Int) : String =
  let days = days_of time
  let date = date_of_days days
  "\(name_at (weekday days) weekdays), \(two date.day) \(name_at (date.month - 1) months) \(four date.year) \(clock (Int.modulo seconds_a_day time)) GMT"

/// A point in time as RFC 3339 writes it, in UTC.
///
/// ```fx
/// Time.rfc3339 0 == "1970-01-01T00:00:00Z"
/// Time.rfc3339 (-1) == "1969-12-31T23:59:59Z"
/// Time.rfc3339 951_782_400 == "2000-02-29T00:00:00Z"
/// ```
let rfc3339 (time : Int) : String =
  let days = days_of time
  "\(iso_date (date_of_days days))T\(clock (Int.modulo seconds_a_day time))Z"

/// The point in time that a text in the form of `rfc1123` stands for; a leap second counts as the one after.
///
/// ```fx
/// Time.parse_rfc1123 "Sun, 06 Nov 1994 08:49:37 GMT" == Some 784_111_777
/// Time.parse_rfc1123 "Mon, 31 Dec 1990 23:59:60 GMT" == Some 662_688_000
/// Time.parse_rfc1123 "Sun, 31 Feb 1994 08:49:37 GMT" == None
/// Time.parse_rfc1123 "yesterday" == None
/// ```
let parse_rfc1123 (text : String) : Option Int =
  let date = { year = digits 12 16 text, month = month_at 8 text, day = digits 5 7 text }
  let (hour, minute, second) = (digits 17 19 text, digits 20 22 text, digits 23 25 text)
  let days = days_of_date date
  let is_written = is_punctuated text && String.starts_with (name_at (weekday days) weekdays) text
  let is_possible = date.year >= 0 && date_of_days days == date && is_below 24 hour && is_below 60 minute && (is_below 60 second || second == 60 && minute == 59)
  if is_written && is_possible then Some (days * seconds_a_day + hour * 3600 + minute * 60 + second) else None

private let is_punctuated (text : String) : Bool =
  String.length text == 29 && String.starts_with_from 3 ", " text && String.starts_with_from 7 " " text && String.starts_with_from 11 " " text &&
    String.starts_with_from 16 " " text && String.starts_with_from 19 ":" text && String.starts_with_from 22 ":" text && String.starts_with_from 25 " GMT" text

private let is_below (limit : Int) (n : Int) : Bool = n >= 0 && n < limit

/// The point in time that a text of RFC 3339 stands for, whatever its zone; a fraction of a second is cut off.
///
/// ```fx
/// Time.parse_rfc3339 "1970-01-01T00:00:01Z" == Some 1
/// Time.parse_rfc3339 "1970-01-01T02:00:00.75+02:00" == Some 0
/// Time.parse_rfc3339 "1990-12-31T23:59:60Z" == Some 662_688_000
/// Time.parse_rfc3339 "2023-02-29T00:00:00Z" == None
/// ```
let parse_rfc3339 (text : String) : Option Int =
  match (parse_iso_date (String.slice 0 10 text), String.slice 10 11 text, parse_clock (String.slice 11 19 text))
  | (Some midnight, "T" | "t" | " ", Some clock) ->
    match parse_zone (String.drop (skip_fraction text 19) text)
    | Some offset -> Some (midnight + clock - offset)
    | None -> None
  | _ -> None

/// The day that a point in time falls on, in UTC.
///
/// ```fx
/// Time.date 0 == { year = 1970, month = 1, day = 1 }
/// ```
let date (time : Int) : Date = date_of_days (days_of time)

/// Midnight, in UTC, at the beginning of a day. Days beyond the month's end run on into the next.
///
/// ```fx
/// Time.of_date { year = 1970, month = 1, day = 2 } == 86_400
/// Time.rfc3339 (Time.of_date { year = 2023, month = 2, day = 29 }) == "2023-03-01T00:00:00Z"
/// ```
let of_date (date : Date) : Int = days_of_date date * seconds_a_day

// ---- days ----

private let days_of (time : Int) : Int = Int.divide_floor time seconds_a_day

// Days are counted from 0000-03-01 in eras of 400 years, so that the leap day is a year's last
// (H. Hinnant, "chrono-compatible low-level date algorithms").
private let days_an_era = 146_097
private let days_before_1970 = 719_468

private let date_of_days (days : Int) : Date =
  let day_of_era = Int.modulo days_an_era (days + days_before_1970)
  let era = (days + days_before_1970 - day_of_era) / days_an_era
  let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365
  let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100)
  let from_march = (5 * day_of_year + 2) / 153
  let month = if from_march < 10 then from_march + 3 else from_march - 9
  let day = day_of_year - (153 * from_march + 2) / 5 + 1
  { year = year_of_era + era * 400 + (if month <= 2 then 1 else 0), month, day }

private let days_of_date (date : Date) : Int =
  let year = if date.month <= 2 then date.year - 1 else date.year
  let year_of_era = Int.modulo 400 year
  let era = (year - year_of_era) / 400
  let from_march = if date.month > 2 then date.month - 3 else date.month + 9
  let day_of_year = (153 * from_march + 2) / 5 + date.day - 1
  era * days_an_era + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - days_before_1970

private let weekday (days : Int) : Int = Int.modulo 7 (days + 4)

// ---- as text ----

private let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
private let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

private let name_at (index : Int) (names : List String) : String =
  match names
  | [] -> ""
  | name :: rest -> if index == 0 then name else name_at (index - 1) rest

/// The number of the month whose name stands there, 0 when none does.
private let month_at (at : Int) (text : String) : Int =
  let look month names =
    match names
    | [] -> 0
    | name :: rest -> if String.starts_with_from at name text then month else look (month + 1) rest
  look 1 months

private let two (n : Int) : String = if n < 10 then "0\(n)" else "\(n)"

private let four (n : Int) : String = if n < 0 then "-\(four (-n))" else if n < 100 then "00\(two n)" else if n < 1000 then "0\(n)" else "\(n)"

private let clock (second : Int) : String = "\(two (second / 3600)):\(two (second / 60 % 60)):\(two (second % 60))"

private let iso_date (date : Date) : String = "\(four date.year)-\(two date.month)-\(two date.day)"

// ---- from text ----

/// The number that the digits from `start` to `end` write; -1 when something else stands there.
private let digits (start : Int) (end : Int) (text : String) : Int =
  let read at number =
    let byte = String.byte_or_minus at text
    if at == end then number else if byte >= 48 && byte <= 57 then read (at + 1) (number * 10 + byte - 48) else -1
  read start 0

private let number (start : Int) (end : Int) (text : String) : Option Int = Int.parse (String.slice start end text)

private let parse_iso_date (text : String) : Option Int =
  match (number 0 4 text, number 5 7 text, number 8 10 text)
  | (Some year, Some month, Some day) when month >= 1 && month <= 12 ->
    let date = { year, month, day }
    if iso_date (date_of_days (days_of_date date)) == text then Some (of_date date) else None
  | _ -> None

/// `23:59:60` is a leap second: it counts as the one after.
private let parse_clock (text : String) : Option Int =
  if String.slice 6 8 text == "60" && String.slice 3 5 text == "59" then Option.map (fun second -> second + 1) (parse_clock (String.slice 0 6 text ++ "59"))
  else
    match (number 0 2 text, number 3 5 text, number 6 8 text)
    | (Some hour, Some minute, Some second) ->
      let time = hour * 3600 + minute * 60 + second
      if hour < 24 && clock time == text then Some time else None
    | _ -> None

private let is_digit (at : Int) (text : String) : Bool =
  let digit = String.slice at (at + 1) text
  digit >= "0" && digit <= "9"

private let skip_digits (text : String) (at : Int) : Int = if is_digit at text then skip_digits text (at + 1) else at

private let skip_fraction (text : String) (at : Int) : Int =
  if String.slice at (at + 1) text == "." && is_digit (at + 1) text then skip_digits text (at + 1) else at

/// Seconds east of Greenwich.
private let parse_zone (text : String) : Option Int =
  if text == "Z" || text == "z" then Some 0
  else
    match (String.slice 0 1 text, parse_clock (String.slice 1 6 text ++ ":00"), String.length text)
    | ("+", Some offset, 6) -> Some offset
    | ("-", Some offset, 6) -> Some (-offset)
    | _ -> None
