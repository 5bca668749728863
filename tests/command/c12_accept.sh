# C12: while the system refuses a descriptor to a server that has nothing else to do, because a library took them all, its clients wait.
cat > Hog.c <<'C'
#include <pthread.h>
#include <unistd.h>
#include "fx.h"

enum { MOST = 100 };
static int held[MOST], count;

// Until something comes on standard input.
static void *let_go(void *none) {
    char byte;
    if (read(0, &byte, 1) < 0) return none;
    while (count > 0) close(held[--count]);
    return none;
}

fx_value hog_take_all(fx_runtime *rt) {
    pthread_t thread;
    (void)rt;
    for (int taken = 0; count < MOST && (taken = dup(0)) >= 0;) held[count++] = taken;
    if (pthread_create(&thread, NULL, let_go, NULL) == 0) pthread_detach(thread);
    return count;
}
C
cat > Hog.fx <<'FX'
/// Takes all descriptors that there are, and says how many.
extern let take_all : Int ! e = "hog_take_all"
FX
cat > serve.fx <<'FX'
import Console
import Error
import Hog
import Tcp

let main (_ : List String) : Unit ! {Console, Tcp} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! taken = Hog.take_all
    do! Console.print_line "port \(Tcp.port listener)"
    do! Console.print_line "all are taken: \(taken > 30)"
    do! Tcp.serve_listener listener (fun socket _ -> greet socket)
    Console.print_line "serving has ended"

let greet (socket : Tcp.Socket) : Unit ! {Tcp} =
  let! _ = Tcp.write_all socket "hello"
  ret ()
FX
fx build --release serve.fx -o serve
mkfifo go
(ulimit -n 64; FX_CHECK=1 exec ./serve < go > said) & server=$!
exec 9> go
# await TEXT FILE: until it has been said.
await() { until grep -qs "$1" "$2"; do sleep 0.05; done; }
await taken said
python3 - "$(sed -n 's/^port //p' said)" > heard <<'PY' & client=$!
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=60) as client:
    print("connected", flush=True)
    print(client.recv(100))
PY
await connected heard
sleep 0.5
kill -0 $server && echo "the server waits"
echo > go
wait $client
cat heard
kill -TERM $server
wait $server; echo "status $?"
grep -v port said
