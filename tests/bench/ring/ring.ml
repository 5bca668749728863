open Lwt.Infix

(* Who takes 0 says its number; a negative token ends the others. *)
let rec pass number from into =
  Lwt_mvar.take from >>= fun hops ->
  if hops < 0 then Lwt.return_unit
  else if hops = 0 then (
    Printf.printf "%d\n" number;
    Lwt.return_unit)
  else Lwt_mvar.put into (hops - 1) >>= fun () -> pass number from into

let () =
  let boxes = Array.init 503 (fun _ -> Lwt_mvar.create_empty ()) in
  let all = List.init 503 (fun i -> pass (i + 1) boxes.(i) boxes.((i + 1) mod 503)) in
  Lwt_main.run (Lwt_mvar.put boxes.(0) 5_000_000 >>= fun () -> Lwt.pick all)
