type Box = { type : Int }
