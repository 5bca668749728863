// Amounts without bound: what is paid is written as a program writes it.
import Integer
import Test

effect Bank =
  pay : Integer -> Unit

let fee : Integer = Integer.of_string "10000000000000000000"

let pay_with_fee (amount : Integer) : Unit ! {Bank} = Bank.pay (Integer.add amount amount)

spec adds_the_fee (cents : Int) =
  pay_with_fee (Integer.of_int cents) runs
    Bank.pay (Integer.add (Integer.of_int cents) fee) => ()
  returns ()

test "a sum" = Test.equal [Some (Integer.add fee fee)] [Some (Integer.of_string "20000000000000000001"), Some (Integer.of_int (-1))]

test "small" (amount : Integer) = amount < fee
