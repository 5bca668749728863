let rec loop n limit next = if n >= limit then n else loop (next n) limit next
let () = Printf.printf "%d\n" (loop 0 50_000_000 (Sys.opaque_identity (fun n -> n + 1)))
