module Greeting

let greeting = "Hello"
