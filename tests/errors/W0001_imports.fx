import Console
import List
import Time

let greeting : String = "Hello"
