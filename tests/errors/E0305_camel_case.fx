import String

let shout (text : String) : String = String.toUpper text

let number (n : Int) : String = String.fromInt n
