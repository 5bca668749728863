import Console
import List

let shout (text : String) : String = "\(text)!"

let shouted (texts : List String) : List String = [shout texts]

let main (_ : List String) : Unit ! {Console} =
  let pages = ["red", "green"]
  Console.print_line pages
