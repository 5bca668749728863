// The customer hears of it before the order is safe.
effect Shop =
  save : String -> Bool
  confirm : String -> Unit

let order (what : String) : Bool ! {Shop} =
  do! Shop.confirm what
  Shop.save what

spec ordered (what : String) =
  order what runs
    Shop.save what => True
    Shop.confirm what => ()
  returns True

spec not_ordered (what : String) =
  order what runs
    Shop.save what => False
  returns False
