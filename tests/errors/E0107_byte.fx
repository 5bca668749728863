let byte = "\x1"
