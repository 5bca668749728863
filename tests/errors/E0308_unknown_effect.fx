let greet : Unit ! {Consol} = ret ()
let wait : Unit ! {Int} = ret ()
