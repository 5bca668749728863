module Foo where
let x = 1
