// Of two mirrors the download of the one that wins is counted.
effect Net =
  head : String -> Int
  body : String -> String

cell Downloads : Int = 0

let download (mirror : String) : String ! {Net, Downloads} =
  let! _ = Net.head mirror
  let! text = Net.body mirror
  do! Downloads.update (fun n -> n + 1)
  ret text

let fastest : (String, Int) ! {Net, Downloads} =
  let! answer = first (download "a") (download "b")
  let! count = Downloads.get
  ret (match answer | Left text -> text | Right text -> text, count)

spec one_download (text : String) =
  fastest runs
    left
      Net.head "a" => 5
      Net.body "a" => text
    losing
      Net.head "b" => 5
      Net.body "b" => "other"
  returns (text, 1)
