import Console
import List

let f n = n + 1
let g : Unit ! {Console} = ret ()
