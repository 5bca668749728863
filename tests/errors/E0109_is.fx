let f (o : Option Int) : Bool = o is None
let g (o : Option Int) : Bool = o same None
