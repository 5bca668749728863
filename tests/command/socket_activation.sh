# Listeners that whoever starts a program has opened for it: descriptors from 3 on, LISTEN_FDS of them, for the process LISTEN_PID.
cat >serve.fx <<'FX'
import Console
import Error
import List
import Tcp

let main (_ : List String) : Unit ! {Console, Tcp} =
  let! listeners = Tcp.inherited
  let! again = Tcp.inherited
  do! Console.print_line "\(List.length listeners) listeners, then \(List.length again)"
  List.iter_seq greet_one listeners

let greet_one (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  match! Tcp.accept listener
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! _ = Tcp.write_all socket "hello"
    do! Tcp.close socket
    Tcp.close_listener listener
FX
cat >start.py <<'PYTHON'
import os, socket, sys
listeners = [socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)]
listeners[1].bind("a_socket")
listeners[1].listen()
pid = os.fork()
if pid == 0:
    for place, each in enumerate(listeners):
        os.dup2(os.dup(each.fileno()), 30 + place)
    for place in range(len(listeners)):
        os.dup2(30 + place, 3 + place)
    os.closerange(3 + len(listeners), 100)
    os.environ |= {"LISTEN_PID": str(os.getpid() + int(sys.argv[1])), "LISTEN_FDS": str(len(listeners)), "FX_CHECK": "1"}
    os.execv("./serve", ["./serve"])
if sys.argv[1] == "0":
    for family, address in (socket.AF_INET, listeners[0].getsockname()), (socket.AF_UNIX, "a_socket"):
        with socket.socket(family) as client:
            client.settimeout(20)
            client.connect(address)
            print(client.recv(100))
_, status = os.waitpid(pid, 0)
print("status", os.waitstatus_to_exitcode(status), os.path.exists("a_socket"))
os.remove("a_socket")
PYTHON
fx build serve.fx
echo "-- for this process: two of the three are listeners"
python3 start.py 0
echo "-- for another process"
python3 start.py 1
