let scalar = "\u{110000}"
