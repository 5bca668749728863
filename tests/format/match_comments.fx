// Where `with` goes, the comment behind it keeps its distance.
let one x =
    match x with // why
    | _ -> 1
let two x =
    match  x   with   // three blanks
    | _ -> 2
let three x =
    match x with// none
    | _ -> 3
let four x =
    match x with   
    | _ -> match (x, "\(x)") with  // `ö` with | bars
           | _ -> 4
let five x =
    match x // before
    with // behind
    | _ -> 5
let six x =
    match x with | _ -> 6 // at the end
let seven x = match! x with // seven
              | _ -> 7
let eight x =
    handle x with // kept
    | ret y -> y
let nine x = match x with // a carriage return
             | _ -> 9
let ten x = match x with
            | _ -> 10
