let count (text : String) =
  let walk at lines words words =
    if at == 10 then (lines, words) else walk (at + 1) lines (words + 1)
  walk 0 0 0

let add a b c = a + b
let three = add 1 2 + 0
let five = add 2 3 + 0
