type opaque Id = Id Int
let private next (id : Int) : Int = id + 1
let after (id : Int) : Int = next (next id)
