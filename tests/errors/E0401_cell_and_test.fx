cell Hits : Int = "none"

test "adds" = 1 + 1
