jumps.main.t.2 (why : String) direct, also a value

jumps.main.owns (n : Int, text : String) direct, left by jumps
  jumps.main.owns at 15:18 holds name
  Stop.stop at 12:18 holds nothing

Prelude.close <String> (text : String, count : Int) pure, a loop

Prelude.show_items <List String> (text : String, borrowed items : List String, closing : Int) pure, a loop

jumps.main.t.5 () direct, left by jumps, also a value
  jumps.main.owns at 28:37 holds nothing

jumps.main.t.4 (why : String) direct, also a value

jumps.main.borrows (borrowed numbers : List Int) direct, left by jumps
  jumps.main.borrows at 24:18 holds nothing
  Stop.stop at 22:19 holds nothing

jumps.main.t.6 () direct, left by jumps, also a value
  jumps.main.borrows at 29:38 holds t

jumps.main (args : List String) direct
