import Consle
import Http.Request

let x = 1
