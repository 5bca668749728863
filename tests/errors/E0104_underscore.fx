let million = 1_000_
