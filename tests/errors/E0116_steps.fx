import Console

let report (n : Int) : Unit ! {Console} = if n > 0 then Console.print_line "some"

spec reports (n : Int) =
  report n runs
    if n <= 0 then
    else
      Console.print_line "some" => ()
  returns ()

spec reports_both =
  join (report 1) (report 2) runs
    join
      Console.print_line "some" => ()
    and
  returns ((), ())
