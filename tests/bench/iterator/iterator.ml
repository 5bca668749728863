let rec range from last emit =
  if from <= last then begin
    emit from;
    range (from + 1) last emit
  end

let () =
  let sum = ref 0 in
  range 0 20_000_000 (Sys.opaque_identity (fun n -> sum := !sum + n));
  Printf.printf "%d\n" !sum
