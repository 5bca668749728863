open Lwt.Infix

let rec tree depth =
  if depth = 0 then Lwt.pause () >|= fun () -> 1
  else Lwt.both (tree (depth - 1)) (tree (depth - 1)) >|= fun (left, right) -> left + right

let () = Printf.printf "%d\n" (Lwt_main.run (tree 20))
