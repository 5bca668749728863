type Box = Box a
type Tree k = Leaf | Node (Tree k) k v
alias Handler = a -> Int
