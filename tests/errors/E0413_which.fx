type User = { name : String, age : Int }
type City = { name : String, size : Int }

let f x = x.name
let g (x : User) = x.name
