// Each request is answered on its own connection.
effect Net =
  request : Int -> String
  reply : Int -> String -> Unit

cell Current : Int = 0

let serve (client : Int) : Unit ! {Net, Current} =
  do! Current.set client
  let! text = Net.request client
  Net.reply client text

spec two_clients =
  join (serve 1) (serve 2) runs
    join
      Net.request 1 => "a"
      Net.reply 1 "a" => ()
    and
      Net.request 2 => "b"
      Net.reply 2 "b" => ()
  returns ((), ())
