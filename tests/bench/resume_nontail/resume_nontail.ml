let rec loop n answer =
  if n = 0 then answer
  else
    let y = loop (n - 1) answer in
    abs (n - (503 * y) + 37) mod 1009

let rec repeat times n answer = if times = 0 then answer else repeat (times - 1) n (loop n answer)
let () = Printf.printf "%d\n" (repeat 1000 5000 0)
