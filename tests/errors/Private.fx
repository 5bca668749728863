private let secret = 42
let key = secret

opaque type Id = Id Int
let make n = Id n

opaque type Account = { owner : String, balance : Int }
let account owner = { owner, balance = 0 }
