let check (age : Int) : Result Int String =
  if age < 0 then Err "too young: " ++ "\(age)" else Ok age

let next (age : Int) : Option Int = Some age + 1
