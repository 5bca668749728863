type Request = { method : String, target : String, headers : List String }

let r = { method = "GET" }
let s : Request = { target = "/", headers = [] }
