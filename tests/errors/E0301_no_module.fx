import Consle
import Web.Request

let x = 1
