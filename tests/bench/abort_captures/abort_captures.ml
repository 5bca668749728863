exception Fail of int

let failing n = if n >= 0 then raise_notrace (Fail 1) else n

let or_more default c = try c () with Fail m -> m + default

let rec loop handler n total =
  if n = 0 then total else loop handler (n - 1) (total + handler n (fun () -> Sys.opaque_identity failing n))

let () = Printf.printf "%d\n" (loop (Sys.opaque_identity or_more) 10_000_000 0)
