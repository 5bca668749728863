// A function that is so long that the compiler divides it: what each part needs of the parts before goes along.
import Console
import List
import Time

type Account = { name : String, balance : Int }

let steps (start : Account) (log : String -> Unit ! {Console}) : Account ! {Console, Time} =
  let opening = start.balance
  let squares = [
    (opening + 0) * (opening + 0),
    (opening + 1) * (opening + 1),
    (opening + 2) * (opening + 2),
    (opening + 3) * (opening + 3),
    (opening + 4) * (opening + 4),
    (opening + 5) * (opening + 5),
    (opening + 6) * (opening + 6),
    (opening + 7) * (opening + 7),
    (opening + 8) * (opening + 8),
    (opening + 9) * (opening + 9),
    (opening + 10) * (opening + 10),
    (opening + 11) * (opening + 11),
    (opening + 12) * (opening + 12),
    (opening + 13) * (opening + 13),
    (opening + 14) * (opening + 14),
    (opening + 15) * (opening + 15),
    (opening + 16) * (opening + 16),
    (opening + 17) * (opening + 17),
    (opening + 18) * (opening + 18),
    (opening + 19) * (opening + 19),
    (opening + 20) * (opening + 20),
    (opening + 21) * (opening + 21),
    (opening + 22) * (opening + 22),
    (opening + 23) * (opening + 23),
    (opening + 24) * (opening + 24),
    (opening + 25) * (opening + 25),
    (opening + 26) * (opening + 26),
    (opening + 27) * (opening + 27),
    (opening + 28) * (opening + 28),
    (opening + 29) * (opening + 29),
    (opening + 30) * (opening + 30),
    (opening + 31) * (opening + 31),
    (opening + 32) * (opening + 32),
    (opening + 33) * (opening + 33),
    (opening + 34) * (opening + 34),
    (opening + 35) * (opening + 35),
    (opening + 36) * (opening + 36),
    (opening + 37) * (opening + 37),
    (opening + 38) * (opening + 38),
    (opening + 39) * (opening + 39),
    (opening + 40) * (opening + 40),
    (opening + 41) * (opening + 41),
    (opening + 42) * (opening + 42),
    (opening + 43) * (opening + 43),
    (opening + 44) * (opening + 44),
    (opening + 45) * (opening + 45),
    (opening + 46) * (opening + 46),
    (opening + 47) * (opening + 47),
    (opening + 48) * (opening + 48),
    (opening + 49) * (opening + 49),
    (opening + 50) * (opening + 50),
    (opening + 51) * (opening + 51),
    (opening + 52) * (opening + 52),
    (opening + 53) * (opening + 53),
    (opening + 54) * (opening + 54),
    (opening + 55) * (opening + 55),
    (opening + 56) * (opening + 56),
    (opening + 57) * (opening + 57),
    (opening + 58) * (opening + 58),
    (opening + 59) * (opening + 59),
    ]
  do! log "\(List.length squares) squares, \(List.fold (fun sum n -> sum + n) 0 squares) in all"
  let a0 = start
  let a1 = { a0 with balance = a0.balance + opening / 1 }
  let a2 = { a1 with balance = a1.balance + opening / 2 }
  let a3 = { a2 with balance = a2.balance + opening / 3 }
  do! if a3.balance % 2 == 0 then log "\(a3.name) has \(a3.balance)"
  let a4 = { a3 with balance = a3.balance + opening / 4 }
  let a5 = { a4 with balance = a4.balance + opening / 5 }
  do! Time.sleep 0
  let a6 = { a5 with balance = a5.balance + opening / 6 }
  let a7 = { a6 with balance = a6.balance + opening / 7 }
  let! () = if opening > 7 then log "opened with \(opening)" else Time.sleep 1
  let a8 = { a7 with balance = a7.balance + opening / 8 }
  let a9 = { a8 with balance = a8.balance + opening / 9 }
  let a10 = { a9 with balance = a9.balance + opening / 10 }
  let a11 = { a10 with balance = a10.balance + opening / 11 }
  let a12 = { a11 with balance = a11.balance + opening / 12 }
  let a13 = { a12 with balance = a12.balance + opening / 13 }
  do! if a13.balance % 2 == 0 then log "\(a13.name) has \(a13.balance)"
  let a14 = { a13 with balance = a13.balance + opening / 14 }
  let a15 = { a14 with balance = a14.balance + opening / 15 }
  do! Time.sleep 0
  let a16 = { a15 with balance = a15.balance + opening / 16 }
  let a17 = { a16 with balance = a16.balance + opening / 17 }
  let a18 = { a17 with balance = a17.balance + opening / 18 }
  let a19 = { a18 with balance = a18.balance + opening / 19 }
  let a20 = { a19 with balance = a19.balance + opening / 20 }
  let a21 = { a20 with balance = a20.balance + opening / 21 }
  let a22 = { a21 with balance = a21.balance + opening / 22 }
  let a23 = { a22 with balance = a22.balance + opening / 23 }
  do! if a23.balance % 2 == 0 then log "\(a23.name) has \(a23.balance)"
  let a24 = { a23 with balance = a23.balance + opening / 24 }
  let a25 = { a24 with balance = a24.balance + opening / 25 }
  do! Time.sleep 0
  let a26 = { a25 with balance = a25.balance + opening / 26 }
  let a27 = { a26 with balance = a26.balance + opening / 27 }
  let! () = if opening > 27 then log "opened with \(opening)" else Time.sleep 1
  let a28 = { a27 with balance = a27.balance + opening / 28 }
  let a29 = { a28 with balance = a28.balance + opening / 29 }
  let a30 = { a29 with balance = a29.balance + opening / 30 }
  let a31 = { a30 with balance = a30.balance + opening / 31 }
  let a32 = { a31 with balance = a31.balance + opening / 32 }
  let a33 = { a32 with balance = a32.balance + opening / 33 }
  do! if a33.balance % 2 == 0 then log "\(a33.name) has \(a33.balance)"
  let a34 = { a33 with balance = a33.balance + opening / 34 }
  let a35 = { a34 with balance = a34.balance + opening / 35 }
  do! Time.sleep 0
  let a36 = { a35 with balance = a35.balance + opening / 36 }
  let a37 = { a36 with balance = a36.balance + opening / 37 }
  let a38 = { a37 with balance = a37.balance + opening / 38 }
  let a39 = { a38 with balance = a38.balance + opening / 39 }
  let a40 = { a39 with balance = a39.balance + opening / 40 }
  let a41 = { a40 with balance = a40.balance + opening / 41 }
  let a42 = { a41 with balance = a41.balance + opening / 42 }
  let a43 = { a42 with balance = a42.balance + opening / 43 }
  do! if a43.balance % 2 == 0 then log "\(a43.name) has \(a43.balance)"
  let a44 = { a43 with balance = a43.balance + opening / 44 }
  let a45 = { a44 with balance = a44.balance + opening / 45 }
  do! Time.sleep 0
  let a46 = { a45 with balance = a45.balance + opening / 46 }
  let a47 = { a46 with balance = a46.balance + opening / 47 }
  let! () = if opening > 47 then log "opened with \(opening)" else Time.sleep 1
  let a48 = { a47 with balance = a47.balance + opening / 48 }
  let a49 = { a48 with balance = a48.balance + opening / 49 }
  let a50 = { a49 with balance = a49.balance + opening / 50 }
  let a51 = { a50 with balance = a50.balance + opening / 51 }
  let a52 = { a51 with balance = a51.balance + opening / 52 }
  let a53 = { a52 with balance = a52.balance + opening / 53 }
  do! if a53.balance % 2 == 0 then log "\(a53.name) has \(a53.balance)"
  let a54 = { a53 with balance = a53.balance + opening / 54 }
  let a55 = { a54 with balance = a54.balance + opening / 55 }
  do! Time.sleep 0
  let a56 = { a55 with balance = a55.balance + opening / 56 }
  let a57 = { a56 with balance = a56.balance + opening / 57 }
  let a58 = { a57 with balance = a57.balance + opening / 58 }
  let a59 = { a58 with balance = a58.balance + opening / 59 }
  let a60 = { a59 with balance = a59.balance + opening / 60 }
  do! log "step 0"
  do! log "step"
  do! log "step"
  do! log "step 3"
  do! log "step"
  do! log "step"
  do! log "step 6"
  do! log "step"
  do! log "step"
  do! log "step 9"
  do! log "step"
  do! log "step"
  do! log "step 12"
  do! log "step"
  do! log "step"
  do! log "step 15"
  do! log "step"
  do! log "step"
  do! log "step 18"
  do! log "step"
  do! log "step"
  do! log "step 21"
  do! log "step"
  do! log "step"
  do! log "step 24"
  do! log "step"
  do! log "step"
  do! log "step 27"
  do! log "step"
  do! log "step"
  do! log "step 30"
  do! log "step"
  do! log "step"
  do! log "step 33"
  do! log "step"
  do! log "step"
  do! log "step 36"
  do! log "step"
  do! log "step"
  do! log "step 39"
  do! log "step"
  do! log "step"
  do! log "step 42"
  do! log "step"
  do! log "step"
  do! log "step 45"
  do! log "step"
  do! log "step"
  do! log "step 48"
  do! log "step"
  do! log "step"
  do! log "step 51"
  do! log "step"
  do! log "step"
  do! log "step 54"
  do! log "step"
  do! log "step"
  do! log "step 57"
  do! log "step"
  do! log "step"
  do! log "step 60"
  do! log "step"
  do! log "step"
  do! log "step 63"
  do! log "step"
  do! log "step"
  do! log "step 66"
  do! log "step"
  do! log "step"
  do! log "step 69"
  do! log "step"
  do! log "step"
  do! log "step 72"
  do! log "step"
  do! log "step"
  do! log "step 75"
  do! log "step"
  do! log "step"
  do! log "step 78"
  do! log "step"
  do! log "step"
  do! log "step 81"
  do! log "step"
  do! log "step"
  do! log "step 84"
  do! log "step"
  do! log "step"
  do! log "step 87"
  do! log "step"
  do! log "step"
  do! log "step 90"
  do! log "step"
  do! log "step"
  do! log "step 93"
  do! log "step"
  do! log "step"
  do! log "step 96"
  do! log "step"
  do! log "step"
  do! log "step 99"
  do! log "step"
  do! log "step"
  do! log "step 102"
  do! log "step"
  do! log "step"
  do! log "step 105"
  do! log "step"
  do! log "step"
  do! log "step 108"
  do! log "step"
  do! log "step"
  do! log "step 111"
  do! log "step"
  do! log "step"
  do! log "step 114"
  do! log "step"
  do! log "step"
  do! log "step 117"
  do! log "step"
  do! log "step"
  do! log "step 120"
  do! log "step"
  do! log "step"
  do! log "step 123"
  do! log "step"
  do! log "step"
  do! log "step 126"
  do! log "step"
  do! log "step"
  do! log "step 129"
  do! log "step"
  do! log "step"
  do! log "step 132"
  do! log "step"
  do! log "step"
  do! log "step 135"
  do! log "step"
  do! log "step"
  do! log "step 138"
  do! log "step"
  do! log "step"
  do! log "step 141"
  do! log "step"
  do! log "step"
  do! log "step 144"
  do! log "step"
  do! log "step"
  do! log "step 147"
  do! log "step"
  do! log "step"
  do! Time.sleep (1 / (opening - 20))
  ret a60

let main (args : List String) : Unit ! {Console, Time} =
  do! Console.print_line ""
  let! last = steps { name = "Ada", balance = 21 } Console.print
  do! Console.print_line (show last)
  let! _ = steps { name = "Bob", balance = 20 } Console.print
  Console.print_line "not reached"
