/// The module.

import Http.Request as Request
import List (map, filter)

/// One
/// comment.
private let helper x = x

// An ordinary comment.
//// So is this.

opaque type Id = Id Int // at the end of a line
test "a" = helper True
let x' = helper
let _ignored = A_b.c_d
