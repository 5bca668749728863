let state = ref 0

let rec countdown () =
  let n = !state in
  if n = 0 then n
  else begin
    state := n - 1;
    countdown ()
  end

let () =
  state := 50_000_000;
  let n = countdown () in
  Printf.printf "%d %d\n" n !state
