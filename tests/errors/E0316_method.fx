let size xs = xs.length()

let shout text = text.upper()
