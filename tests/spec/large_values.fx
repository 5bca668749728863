// Top-level values and cells of some megabytes are computed before the first spec.
import Array

cell Table : Array Int = Array.make 300_000 7

let large : Array Int = Array.init 100_000 (fun index -> index)

let ask : Int ! {Table} =
  let! table = Table.get
  ret (Array.at 1 table + Array.at 99_999 large)

spec asks =
  ask runs
  returns 100_006
