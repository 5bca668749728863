import Console

let say (text : String) : Unit ! {Console} = Console.print_line text

let resource (n : Int) (use : Int -> a ! {Console}) : a ! {Console} =
  bracket
    (
      do! say "open \(n)"
      ret n
    )
    (fun n -> say "close \(n)")
    use

let main (_ : List String) : Unit ! {Console} =
  let! answer = resource 1 (fun n ->
    do! yield
    let! m = resource 2 (fun m -> ret (m * 10))
    ret (n + m))
  do! say "\(answer)"
  let! (a, b) = join (resource 3 (fun n -> let! () = yield in ret n)) (resource 4 (fun n -> ret n))
  say "\(a) \(b)"
