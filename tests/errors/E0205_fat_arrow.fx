let twice = fun x => x + x
