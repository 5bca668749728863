module Program
open System

let port = 8000
