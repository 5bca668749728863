alias Tree = (Tree, Int)
alias Left = List Right
alias Right = Option Left
