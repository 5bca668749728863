let first = Maybe.withDefault 0 (Some 1)
