// café
let coffee = 1
