// What stands after `when` is a condition, what the test answers a Bool.
test "not a condition" (x : Int) when x = True

test "not a Bool" (x : Int) when x > 0 = x
