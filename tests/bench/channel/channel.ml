open Lwt.Infix

let rec produce push n =
  if n = 0 then (
    push#close;
    Lwt.return_unit)
  else push#push n >>= fun () -> produce push (n - 1)

let () =
  let stream, push = Lwt_stream.create_bounded 100 in
  let sum = Lwt_stream.fold ( + ) stream 0 in
  Printf.printf "%d\n" (Lwt_main.run (Lwt.both (produce push 5_000_000) sum >|= snd))
