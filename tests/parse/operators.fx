// Precedence, loosest first: <| |> || && comparisons, :: and ++, + -, * / %, unary minus, application, field.
let tiers = a <| b |> c || d && e == f ++ g + h * i
let left = a - b - c / d / e
let right = a :: b ++ c :: d
let pipes_left = a |> b |> c
let pipes_right = a <| b <| c
let negated = - f x * -y.z + - 3
let subtraction = f -1
let both = a - -b
let smallest = -9223372036854775808
let compared = a + b < c * d && not e || f != g
let fields = f r.x (g s).y.z [t.u]
let whole = 1_000_000 + 0xff + 0b1010
let floats = 2.5 + 1e-9 - 1_0.5E+3
