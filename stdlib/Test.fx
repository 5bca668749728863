/// What `test` declarations say beyond True and False.
import Time

/// Whether both sides are equal. When they are not, and the test fails for that, `fx test` shows both, and where they differ.
///
/// ```fx
/// Test.equal (1 + 1) 2
/// Test.equal [1, 2] [2, 1] == False
/// ```
let equal (left : a) (right : a) : Bool = if left == right then True else differ (show left) (show right)

// Answers False, and has `fx test` remember the two.
private extern let differ : String -> String -> Bool = "fx_test_differ"

/// Runs the computation in virtual time, and in every order in which its tasks can go on: it is to be True in each. The program's own handlers
/// answer what it asks of the world. Only `fx test` can run it.
///
///     test "an hour takes no time" = Test.simulate (let! _ = join (Time.sleep 3_600_000) (Time.sleep 60_000) in ret True)
extern let simulate : Bool ! {Time | e} -> Bool ! e = wait "fx_test_simulate_take"
