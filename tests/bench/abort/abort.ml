exception Fail of int

let failing n = if n >= 0 then raise_notrace (Fail 1) else n

let rec loop n total =
  if n = 0 then total else loop (n - 1) (total + try Sys.opaque_identity failing n with Fail m -> m)

let () = Printf.printf "%d\n" (loop 10_000_000 0)
