let f = nil
