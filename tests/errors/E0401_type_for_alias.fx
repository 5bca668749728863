type Name = String

let text (name : Name) : String = name
