import Console
import Env
import Time

let main (_ : List String) : Unit ! {Console, Env, Time} =
  do! Console.print_line (Time.rfc1123 784_111_777)
  do! Console.print_line (Time.rfc3339 (-1))
  do! Console.print_line (Time.rfc3339 253_402_300_799)
  do! Console.print_line (Time.rfc3339 (-9223372036854775808))
  do! Console.print_line (show (Time.parse_rfc1123 "Sun, 06 Nov 1994 08:49:37 GMT"))
  do! Console.print_line (show (Time.parse_rfc1123 "Mon, 06 Nov 1994 08:49:37 GMT"))
  do! Console.print_line (show (Time.parse_rfc3339 "1985-04-12T23:20:50.52Z"))
  do! Console.print_line (show (Time.parse_rfc3339 "1996-12-19T16:39:57-08:00"))
  do! Console.print_line (show (Time.parse_rfc3339 "1990-12-31T15:59:60-08:00"))
  do! Console.print_line (show (Time.parse_rfc3339 "1990-12-31T24:00:00Z"))
  let! before = Time.monotonic
  do! Time.sleep 20
  let! after = Time.monotonic
  do! Console.print_line "\(after - before >= 20_000_000)"
  let! before = Time.get
  let! now = Time.now
  let! after = Time.get
  do! Console.print_line "\(before <= now / 1_000_000_000 && now / 1_000_000_000 <= after)"
  let! missing = Env.get "FX_NO_SUCH_VARIABLE"
  let! found = Env.get "FX_CHECK"
  Console.print_line "\(show missing) \(show found)"
