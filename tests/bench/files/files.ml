open Lwt.Infix

let text = String.make 1000 'x'

let write name =
  Lwt_unix.openfile name [ Unix.O_WRONLY; Unix.O_CREAT; Unix.O_TRUNC ] 0o644 >>= fun file ->
  Lwt_unix.write_string file text 0 1000 >>= fun _ -> Lwt_unix.close file

let read name =
  Lwt_unix.openfile name [ Unix.O_RDONLY ] 0 >>= fun file ->
  Lwt_unix.read file (Bytes.create 4096) 0 4096 >>= fun length -> Lwt_unix.close file >|= fun () -> length

let main folder =
  let names = List.init 20_000 (fun n -> Printf.sprintf "%s/%d" folder n) in
  let pool = Lwt_pool.create 64 Lwt.return in
  let pooled f name = Lwt_pool.use pool (fun () -> f name) in
  Lwt_list.iter_p (pooled write) names >>= fun () ->
  Lwt_list.map_p (pooled read) names >>= fun lengths ->
  Lwt_list.iter_p (pooled Lwt_unix.unlink) names >|= fun () -> List.fold_left ( + ) 0 lengths

let () =
  let folder = Filename.temp_file "bench" "" in
  Sys.remove folder;
  Sys.mkdir folder 0o700;
  Printf.printf "%d\n" (Lwt_main.run (main folder));
  Sys.rmdir folder
