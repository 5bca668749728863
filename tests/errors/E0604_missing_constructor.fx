import Int

let make (count : Int) (folder : String) : String = "\(folder)\(count)"

let told text =
  match Int.parse text
  |  number -> make number "folder"
  | None -> "usage"
