let Double x = x * 2
let y = Double 3
