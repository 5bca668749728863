// The bracket closes the file; its user has closed it already.
effect Disk =
  open : String -> Int
  write : Int -> String -> Unit
  close : Int -> Unit

let note (text : String) : Unit ! {Disk} =
  bracket (Disk.open "notes") Disk.close (fun file ->
    Disk.write file text)

spec notes (text : String) (file : Int) =
  note text runs
    Disk.open "notes" => file
    Disk.write file text => ()
    Disk.close file => ()
  returns ()
