let area (type : Int) : Int = type * 2
