// A short answer is not the end; an empty one is.
effect Socket =
  read : String

let read_all (limit : Int) (text : String) : String ! {Socket} =
  let! piece = Socket.read
  if piece == "" then ret text else read_all limit (text ++ piece)

spec in_two_pieces =
  read_all 4 "" runs
    Socket.read => "ab"
    Socket.read => "cdef"
    Socket.read => ""
  returns "abcdef"
