let rec fibonacci n = if n < 2 then n else fibonacci (n - 1) + fibonacci (n - 2)
let () = Printf.printf "%d\n" (fibonacci 36)
