type Problem = { path : String, error : Int }
type Client = { : List Int, peer : String }

let told path error = { path, eror }
let other path error = { path, code = error }
let served = { socket = [1], peer = "a" }
let fits (client : Client) = client.socket
