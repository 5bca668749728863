case class P(x: Int, y: Int)
