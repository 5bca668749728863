type Person = { name : String; age : Int }

let ada = { name = "Ada"; age = 36 }
