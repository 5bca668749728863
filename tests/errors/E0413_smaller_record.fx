type Person = { age : Int }
type Dog = { age : Int, name : String }

let age_of x = x.age
