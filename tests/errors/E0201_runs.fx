effect Greet =
  greet : String -> Unit

spec greets =
  Greet.greet "Ada"
  returns ()
