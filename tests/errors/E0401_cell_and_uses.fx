cell Names : String = ["Ada"]

let add (name : String) : Unit ! {Names} = Names.update (fun names -> name :: names)

let count : Int ! {Names} =
  let! names = Names.get
  ret (names + 1)
