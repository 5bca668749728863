(* List.map of this OCaml would use the system's stack, which its collector then scans again and again. *)
let map f list = List.rev (List.rev_map f list)
let rec count n above = if n = 0 then above else count (n - 1) (n :: above)

let () =
  let numbers = count 10_000_000 [] in
  let squares = map (fun x -> x * x mod 1000003) numbers in
  let even = List.filter (fun x -> x mod 2 = 0) squares in
  Printf.printf "%d %d\n" (List.length numbers) (List.fold_left (fun sum x -> sum + x) 0 even)
