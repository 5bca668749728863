let differ (a : Int) (b : Int) : Bool = a <> b
