/// Command lines: options by name, what else was given, and the text of `--help`.
///
/// ```fx program
/// import Args
/// import Console
/// import List
///
/// let options = [
///   Args.switch ["--loud", "-l"] "greet in capitals",
///   Args.value ["--greeting", "-g"] "TEXT" "what to say instead of Hello"
/// ]
///
/// let main (arguments : List String) : Int ! {Console} =
///   match Args.parse options arguments
///   | Err problem ->
///     do! Console.error_line "\(problem)\n\(Args.usage "greet [OPTION]... NAME..." options)"
///     ret 2
///   | Ok given ->
///     let greeting = match Args.get "--greeting" given | Some text -> text | None -> "Hello"
///     let mark = if Args.has "--loud" given then "!" else "."
///     do! List.iter_seq (fun name -> Console.print_line "\(greeting), \(name)\(mark)") (Args.rest given)
///     ret 0
/// ```

import Int
import List
import String

/// One option that a program knows. `takes` is `None` for a switch, which takes no value.
type Flag = { names : List String, takes : Option String, help : String }

/// What was given: each option by its first name, in the order of the command line, and the rest.
opaque type Given = Given (List (String, String)) (List String)

/// An option without a value: its names, as they are typed, and its line of help.
///
/// ```fx
/// (Args.switch ["--all", "-a"] "show everything").names == ["--all", "-a"]
/// ```
let switch (names : List String) (help : String) : Flag = { names, takes = None, help }

/// An option with a value: its names, what stands for the value in the help, and its line of help.
///
/// ```fx
/// (Args.value ["--port", "-p"] "NUMBER" "where to listen").takes == Some "NUMBER"
/// ```
let value (names : List String) (takes : String) (help : String) : Flag = { names, takes = Some takes, help }

/// Reads a command line; the error is a sentence for the user.
///
/// A value stands after its option, or after `=` (`--port=80`), or right after a short name (`-p80`). Short switches may be put together
/// (`-la`). After `--` everything is taken as it is; so is a lone `-`.
///
/// ```fx
/// Result.map Args.rest (Args.parse [] ["a", "--", "-b"]) == Ok ["a", "-b"]
/// Result.map Args.rest (Args.parse [] ["--loud"]) == Err "there is no option --loud"
/// ```
let parse (flags : List Flag) (arguments : List String) : Result Given String = parse_onto (Given [] []) flags arguments

private let parse_onto (Given options rest : Given) (flags : List Flag) (arguments : List String) : Result Given String =
  match arguments
  | [] -> Ok (Given (List.reverse options) (List.reverse rest))
  | "--" :: others -> Ok (Given (List.reverse options) (List.append (List.reverse rest) others))
  | argument :: others ->
    if String.starts_with "--" argument then parse_long (Given options rest) flags argument others
    else if String.starts_with "-" argument && argument != "-" then parse_short (Given options rest) flags argument others
    else parse_onto (Given options (argument :: rest)) flags others

private let parse_long (given : Given) (flags : List Flag) (argument : String) (others : List String) : Result Given String =
  let (name, attached) = match String.split_once "=" argument | Some (name, text) -> (name, Some text) | None -> (argument, None)
  match (find_flag name flags, attached, others)
  | (None, _, _) -> Err (unknown name flags)
  | (Some { names, takes = None }, None, _) -> parse_onto (add names "" given) flags others
  | (Some { takes = None }, Some _, _) -> Err "the option \(name) takes no value"
  | (Some { names }, Some text, _) -> parse_onto (add names text given) flags others
  | (Some { names }, None, text :: more) -> parse_onto (add names text given) flags more
  | (Some { takes = Some what }, None, []) -> Err "the option \(name) needs a value: \(name) \(what)"

// `-abc`: as many switches, or `-a` with the value `bc`.
private let parse_short (given : Given) (flags : List Flag) (argument : String) (others : List String) : Result Given String =
  let name = String.concat (List.take 2 (String.split "" argument))
  let attached = String.drop (String.length name) argument
  match (find_flag name flags, attached, others)
  | (None, _, _) -> Err (unknown name flags)
  | (Some { names, takes = None }, "", _) -> parse_onto (add names "" given) flags others
  | (Some { names, takes = None }, _, _) -> parse_short (add names "" given) flags ("-" ++ attached) others
  | (Some { takes = Some what }, "", []) -> Err "the option \(name) needs a value: \(name) \(what)"
  | (Some { names }, "", text :: more) -> parse_onto (add names text given) flags more
  | (Some { names }, text, _) -> parse_onto (add names text given) flags others

private let find_flag (name : String) (flags : List Flag) : Option Flag =
  List.find (fun flag -> List.contains name flag.names) flags

private let add (names : List String) (text : String) (Given options rest : Given) : Given =
  match names
  | [] -> Given options rest
  | name :: _ -> Given ((name, text) :: options) rest

private let unknown (name : String) (flags : List Flag) : String =
  let names = List.concat_map (fun flag -> flag.names) flags
  match List.find (fun known -> String.length known > 2 && distance name known <= 2) names
  | Some known -> "there is no option \(name); did you mean \(known)?"
  | None -> "there is no option \(name)"

// How many bytes must be changed, added or taken away to make the one of the other (Levenshtein).
private let distance (left : String) (right : String) : Int =
  let row = List.fold (fun above byte -> next_row byte (String.bytes right) above) (List.range 0 (String.length right)) (String.bytes left)
  match List.last row
  | Some changes -> changes
  | None -> 0

private let next_row (byte : Int) (right : List Int) (above : List Int) : List Int =
  match above
  | [] -> []
  | corner :: rest -> row_onto [] (corner + 1) corner byte right rest

// `before` is the entry to the left, `corner` the one above that.
private let row_onto (done : List Int) (before : Int) (corner : Int) (byte : Int) (right : List Int) (above : List Int) : List Int =
  match (right, above)
  | (other :: right_rest, over :: above_rest) ->
    let here = Int.min (if byte == other then corner else corner + 1) (1 + Int.min before over)
    row_onto (before :: done) here over byte right_rest above_rest
  | _ -> List.reverse (before :: done)

/// Whether an option was given, by its first name.
///
/// ```fx
/// Result.map (fun given -> Args.has "--all" given) (Args.parse [Args.switch ["--all", "-a"] ""] ["-a"]) == Ok True
/// ```
let has (name : String) (given : Given) : Bool = get name given != None

/// The value of an option, by its first name; of one given several times the last.
///
/// ```fx
/// Result.map (fun given -> Args.get "--port" given) (Args.parse [Args.value ["--port", "-p"] "NUMBER" ""] ["-p80"]) == Ok (Some "80")
/// ```
let get (name : String) (given : Given) : Option String = List.last (all name given)

/// All values of an option that may be given several times.
///
/// ```fx
/// Result.map (fun given -> Args.all "-I" given) (Args.parse [Args.value ["-I"] "FOLDER" ""] ["-I", "a", "-Ib"]) == Ok ["a", "b"]
/// ```
let all (name : String) (Given options _ : Given) : List String =
  List.filter_map (fun (option, text) -> if option == name then Some text else None) options

/// What is no option, in order.
///
/// ```fx
/// Result.map Args.rest (Args.parse [Args.switch ["-v"] ""] ["a", "-v", "b"]) == Ok ["a", "b"]
/// ```
let rest (Given _ others : Given) : List String = others

/// The help: a first line that shows how the program is called, and a line for each option.
///
/// ```fx
/// Args.usage "serve [OPTION]" [Args.value ["--port", "-p"] "NUMBER" "where to listen"] == "Usage: serve [OPTION]\n\n  --port, -p NUMBER  where to listen\n"
/// ```
let usage (call : String) (flags : List Flag) : String =
  let heads = List.map flag_head flags
  let width = List.fold (fun widest head -> if String.length head > widest then String.length head else widest) 0 heads
  let lines = List.zip_with (fun head flag -> "  \(String.pad_end width " " head)  \(flag.help)\n") heads flags
  "Usage: \(call)\n" ++ (if lines == [] then "" else "\n" ++ String.concat lines)

private let flag_head (flag : Flag) : String =
  let names = String.join ", " flag.names
  match flag.takes
  | Some what -> "\(names) \(what)"
  | None -> names
