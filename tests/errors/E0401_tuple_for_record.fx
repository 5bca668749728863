type Person = { name : String, age : Int }

let ada : Person = ("Ada", 36)
