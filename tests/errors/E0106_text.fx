let greeting = "Hello
let other = 1
