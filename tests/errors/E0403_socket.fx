import Array (Array)
import Channel (Channel)
import Map (Map)
import Pool (Pool)
import Set (Set)
import Tcp (Socket)

type Peer = { name : String, link : Link }
type Link = Link Int (List Socket)
type Room a = Room (Option a) (Array a)

let same (a : Socket) b = a == b
let shown (peer : Peer) = show peer
let ordered (a : Channel Int) b = compare a b
let inside (socket : Socket) = "on \(socket)"
let known (peers : Map String Socket) others = peers == others
let pooled (pool : Pool) others = [pool] == others
let room (a : Room Socket) b = a < b
let sorted (sockets : Set Int) (numbers : Array Int) = show (sockets, numbers)
