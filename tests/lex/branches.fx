// if, then, else; else if opens no block.

let one_line = if a then b else if c then d else e

let inner = if a then if b then c else d else e

let lines =
  if a then
    b
    c
  else if d then e
  else
    f

let broken =
  if a
  then b
  else c

let in_match =
  match x
  | A -> if a then b else c
  | B -> if a then
      b
    else
      c

let without_else =
  if a then
    do! b
    c
  d

let in_record = { x = if a then b else c, y = if d then e else f }
