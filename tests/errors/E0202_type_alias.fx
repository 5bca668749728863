type alias Model = { count : Int }
