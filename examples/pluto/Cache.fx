/// Answers that were given lately, so that most requests ask nothing of the disk. One for the whole program, shared by all connections.
///
/// What is kept is believed for a second. Then the disk is asked whether the file is still the same.
import Answer
import Map
import String

type Kept = {
  answer : Answer.Answer,
  real : String,    // the file's path, symbolic links followed
  size : Int,
  modified : Int,   // when the file was changed, in seconds
  read : Int,       // when it was read
  checked : Int     // when it was last found unchanged
}

/// Paths that lead nowhere are kept apart, with the second in which they did: whoever asks for thousands of them drives out nothing else.
type Answers = { by_path : Map String Kept, bytes : Int, missing : Map String Int }

cell Cache : Answers = { by_path = Map.empty, bytes = 0, missing = Map.empty }

let look_up (path : String) : Option Kept ! {Cache} =
  let! answers = Cache.get
  ret (Map.get path answers.by_path)

/// When the cache is full it starts afresh: what is wanted often is soon back.
let keep (path : String) (kept : Kept) : Unit ! {Cache} = Cache.update (insert path kept)

let is_missing (path : String) (now : Int) : Bool ! {Cache} =
  let! answers = Cache.get
  ret (Map.get path answers.missing == Some now)

let keep_missing (path : String) (now : Int) : Unit ! {Cache} =
  Cache.update (fun answers ->
    let before = if Map.size answers.missing >= most_missing then Map.empty else answers.missing
    { answers with missing = Map.insert path now before })

/// In bytes.
private let capacity = 33_554_432

private let most_missing = 1024

private let insert (path : String) (kept : Kept) (answers : Answers) : Answers =
  let before = match Map.get path answers.by_path | Some old -> weight old | None -> 0
  let bytes = answers.bytes - before + weight kept
  if bytes > capacity then { answers with by_path = Map.insert path kept Map.empty, bytes = weight kept }
  else { answers with by_path = Map.insert path kept answers.by_path, bytes }

/// About what it takes in memory.
private let weight (kept : Kept) : Int =
  match kept.answer.body
  | Answer.Text text -> 512 + String.length text
  | Answer.File _ _ -> 512

/// Whether the file is the one that was read. The disk tells changes apart by the second only, so a file that was read in the second of its
/// last change, or right after, may have changed once more.
let is_same (real : String) (size : Int) (modified : Int) (kept : Kept) : Bool =
  kept.real == real && kept.size == size && kept.modified == modified && kept.modified + 1 < kept.read
