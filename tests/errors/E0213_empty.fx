extern let root : Float -> Float = ""
