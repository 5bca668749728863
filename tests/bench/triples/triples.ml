exception Fail

let found = ref 0
let keep a b c = found := ((!found * 31) + (a * 53) + (b * 2809) + (c * 148877)) mod 1000000007

let rec choice n rest =
  if n < 1 then raise_notrace Fail
  else begin
    (try rest n with Fail -> ());
    choice (n - 1) rest
  end

let triple n sum =
  choice n (fun i ->
      choice (i - 1) (fun j -> choice (j - 1) (fun k -> if i + j + k = sum then keep i j k else raise_notrace Fail)))

let () =
  (try triple 200 200 with Fail -> ());
  Printf.printf "%d\n" !found
