effect Greet =
  greet : String -> Unit

spec greets =
  Greet.greet "Ada" runs
    Greet.greet "Ada"
  returns ()
