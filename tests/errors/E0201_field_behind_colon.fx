type Problem =
  | Wrong : String
  | Missing
