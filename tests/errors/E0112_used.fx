let greeting : String = 'hello'

let loud : String = greeting ++ 'hello world'
