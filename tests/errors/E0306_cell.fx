cell Ticks : Int = 0

let now : Int ! {Ticks} = Ticks
