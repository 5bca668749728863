type Node = { name : String, next : Option Node }
let ulm = { name = "Ulm", next = Some bonn }
let bonn = { name = "Bonn", next = Some ulm }
