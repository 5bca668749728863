let signal (number : Int) : Int = number + 1

let signal (number : Int) (member : String) : String = "\(number) \(member)"

let told = signal 1 "a"
let passed = pass_on 1 + signal 2
