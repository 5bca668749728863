import List

let f (xs : List Int) = xs |> List.map |> List.length
