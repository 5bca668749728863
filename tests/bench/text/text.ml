let () =
  let text = Buffer.create 16 in
  for i = 1 to 5_000_000 do
    Buffer.add_string text (string_of_int i);
    Buffer.add_string text ", "
  done;
  let text = Buffer.contents text in
  Printf.printf "%d %s\n" (String.length text) (String.sub text (String.length text - 18) 16)
