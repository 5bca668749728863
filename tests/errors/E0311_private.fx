import Private (Id)

let a = Private.secret
let b = Private.Id 3
let c = (Private.account "Ada").balance
let d (id : Id) = id
