// `Error` is a constructor's name elsewhere, where fx has `Err`; as a type it is the module's.
import File

let load (path : String) : Result String Error ! {File} = File.read path

let total (counts : Map String Int) : Int = 0
