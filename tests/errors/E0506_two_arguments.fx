effect Fail e =
  raise : e -> Never

let both : Unit ! {Fail String, Fail Int} = ret ()

let mixed n =
  if n > 0 then Fail.raise "text"
  else Fail.raise 3
