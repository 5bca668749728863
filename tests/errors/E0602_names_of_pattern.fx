type Refusal = NoSuchBook String | TooMany String Int

let explain (refusal : Refusal) : String =
  match refusal
  | TooMany reader -> "\(reader) has \(count) books"
  | NoSuchBook title -> "there is no \(titel)"
