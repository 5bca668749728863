let greeting (name : String) : String = `hello ${name}`
let plain : String = `hello`
