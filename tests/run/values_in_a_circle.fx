// Top-level values that mention themselves inside functions: parsers, tables of functions, parts of a pair.
import Console
import List
import Parser

type Value = Number Int | Items (List Value)

let value = Parser.or (Parser.map Number (Parser.lexeme Parser.int)) items
let items : Parser Value = Parser.map Items (Parser.between (Parser.symbol "[") (Parser.symbol "]") (Parser.or several none))
let several = Parser.separated_by (Parser.symbol ",") (Parser.delay (fun () -> value))
let none : Parser (List a) = Parser.succeed []

let commands = [("help", help), ("twice", fun n -> n * 2)]
let help (n : Int) : Int = n + List.length commands

let (even, depth) = (fun n -> if n == 0 then True else if n == 1 then False else even (n - 2), (fun () -> 3) ())

type Town = { name : String, roads : Unit -> List Town }
let ulm = { name = "Ulm", roads = fun () -> [bonn, ulm] }
let bonn = { name = "Bonn", roads = fun () -> [ulm] }

let polymorphic = [fun x -> List.length polymorphic + List.length [x]]

let main (args : List String) : Unit ! {Console} =
  do! Console.print_line (show (Parser.run value "[1, [2, 3], 4]"))
  do! List.iter_seq (fun (name, f) -> Console.print_line "\(name) \(f 20)") commands
  do! Console.print_line "\(even 7) \(even 8) \(depth)"
  do! Console.print_line (show (List.map (fun town -> town.name) (ulm.roads () ++ bonn.roads ())))
  Console.print_line (show (List.map (fun f -> f 'x') polymorphic))
