/// What `test` declarations say beyond True and False.

/// Whether both sides are equal. When they are not, and the test fails for that, `fx test` shows both, and where they differ.
///
/// ```fx
/// Test.equal (1 + 1) 2
/// Test.equal [1, 2] [2, 1] == False
/// ```
let equal (left : a) (right : a) : Bool = if left == right then True else differ (show left) (show right)

// Answers False, and has `fx test` remember the two.
private extern let differ : String -> String -> Bool = "fx_test_differ"
