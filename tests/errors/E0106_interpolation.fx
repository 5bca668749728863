let greeting (name : String) : String = "Hello \(name!"
