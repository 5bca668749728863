// The alternatives of one match stand in one column.

let one_line = match x | A -> a | B -> match y | C -> c | D -> d

let same_column =
  match x
  | A -> a
  | B ->
    b
    c
  | C -> match y
    | D -> d
    | E -> e
  | F -> f

let deeper = match x with
  | A
  | B -> match y with
         | C -> c
         | D -> d
  | E when if a then b else c -> e

let undented x = match x
| A -> a
| B -> b

let under_let =
  let x = match! y
  | A -> a
  | B -> b
  x

let handled =
  handle c with
  | ret x -> ret x
  | ctl Amb.flip resume ->
    let! y = resume True
    ret y
  | Store.get _ -> ret 1

let in_brackets = [match x | A -> a | B -> b, match y | C -> c, (match z | D -> d)]

let operator_after =
  match x
  | A -> a
  | B -> b
  |> f
