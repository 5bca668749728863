let rec loop n limit next = if n >= limit then n else next n (fun m -> loop m limit next)
let () = Printf.printf "%d\n" (loop 0 10_000_000 (Sys.opaque_identity (fun n resume -> resume (n + 1))))
