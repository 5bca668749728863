// Each fallible operation of Udp, when it succeeds and when it fails.
import Error
import Udp

spec bind_ok (text : String) (number : Int) (answer : Udp.Socket) =
  Udp.bind text number runs
    Udp.bind text number => Ok answer
  returns Ok answer

spec bind_error (text : String) (number : Int) (error : Error) =
  Udp.bind text number runs
    Udp.bind text number => Err error
  returns Err error

spec send_ok (socket : Udp.Socket) (text : String) (number : Int) (other : String) =
  Udp.send socket text number other runs
    Udp.send socket text number other => Ok ()
  returns Ok ()

spec send_error (socket : Udp.Socket) (text : String) (number : Int) (other : String) (error : Error) =
  Udp.send socket text number other runs
    Udp.send socket text number other => Err error
  returns Err error

spec receive_ok (socket : Udp.Socket) (answer : Udp.Datagram) =
  Udp.receive socket runs
    Udp.receive socket => Ok answer
  returns Ok answer

spec receive_error (socket : Udp.Socket) (error : Error) =
  Udp.receive socket runs
    Udp.receive socket => Err error
  returns Err error
