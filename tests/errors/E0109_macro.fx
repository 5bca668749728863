let main (args : List String) =
  println!("hi")

let xs = vec![1, 2, 3]
