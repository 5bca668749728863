let greeting = “Hello”
