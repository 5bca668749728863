import Base64
import Bytes

let size (bytes : Bytes) : Int = 1

let decoded (text : Base64) : Int = 2
