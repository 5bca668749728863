import String

let f = String.trim >> String.length
let g = String.length << String.trim
