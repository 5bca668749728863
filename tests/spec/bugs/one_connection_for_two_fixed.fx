// The pool takes the connection off its list before it waits for a sign of life.
import List

effect Database =
  ping : Int -> Bool
  query : Int -> String -> Int

cell Free : List Int = [1, 2]

let take : Option Int ! {Database, Free} =
  match! Free.get
  | [] -> ret None
  | connection :: _ ->
    do! Free.update (List.filter (fun other -> other != connection))
    let! is_alive = Database.ping connection
    ret (if is_alive then Some connection else None)

let ask (text : String) : Option Int ! {Database, Free} =
  match! take
  | None -> ret None
  | Some connection ->
    let! answer = Database.query connection text
    do! Free.update (fun free -> connection :: free)
    ret (Some answer)

spec each_has_its_own =
  join (ask "a") (ask "b") runs
    join
      Database.ping 1 => True
      Database.query 1 "a" => 10
    and
      Database.ping 2 => True
      Database.query 2 "b" => 20
  returns (Some 10, Some 20)
