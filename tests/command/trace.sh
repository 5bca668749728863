# FX_TRACE writes tasks, waits and effects as trace events: one JSON array, whatever becomes of the program.
cat > busy.fx <<'FX'
import Channel
import Console
import File
import List
import Task
import Time

let give (channel : Channel.Channel String) : Unit ! {Time | e} =
  do! Time.sleep 1
  let! _ = Channel.send channel "given \"so\""
  Channel.close channel

let get (channel : Channel.Channel String) : Option String ! e = Channel.receive channel

let main (_ : List String) : Unit ! {Console, File, Time} =
  let! channel = Channel.make 0
  let! _ = join (give channel) (get channel)
  let! late = Task.timeout 1 (Time.sleep 100000)
  do! Console.print_line (show late)
  let! deleted = List.map_par (fun name -> File.delete name) ["gone", "nothing"]
  do! Console.print_line (show deleted)
  match! first (Time.sleep 100000) (Time.sleep 1)
  | Left () -> ret ()
  | Right () -> Console.print_line "quick"
FX
# The Trace Event Format, by its sections: the JSON array format; common fields; metadata events; nestable asynchronous events.
cat > check.py <<'PY'
import json, re, sys
def refuse(constant): raise ValueError(constant)
events = json.load(open(sys.argv[1], encoding='utf-8', errors='strict'), parse_constant=refuse)
stacks, last, names, places = {}, {}, {}, set()
def is_of(kind, value): return type(value) is kind
assert is_of(list, events) and all(is_of(dict, event) for event in events)
first = events[0]
assert (first['ph'], first['name'], sorted(first['args'])) == ('M', 'process_name', ['name']) and first['args']['name']
for event in events:
    assert event['ph'] in 'Mbne' and len(event['ph']) == 1, event
    assert is_of(str, event['name']) and event['name'] and is_of(dict, event['args']), event
    assert is_of(int, event['pid']) and is_of(int, event['tid']) and event['pid'] == first['pid'], event
    assert all(is_of(str, value) for value in event['args'].values()), event
    if event['ph'] == 'M': continue
    assert sorted(event) == ['args', 'cat', 'id', 'name', 'ph', 'pid', 'tid', 'ts'], event
    assert is_of(int, event['id']) and event['id'] > 0 and type(event['ts']) in (int, float) and event['ts'] >= 0, event
    key, args = event['id'], event['args']
    assert event['ts'] >= last.get(key, 0) and event['pid'] and event['cat'] == 'fx', event
    last[key] = event['ts']
    stack = stacks.setdefault(key, [])
    if event['ph'] == 'b': stack.append(event['name'])
    elif event['ph'] == 'e': assert stack.pop() == event['name'], event
    else: assert event['ph'] == 'n' and stack, event
    names.setdefault(event['ph'], set()).add(event['name'])
    places.update(args[key] for key in ('place', 'begun in') if key in args)
    if '--calls' in sys.argv and 'call' in args: print(args['call'])
open_rows = sum(1 for stack in stacks.values() if stack)
print('rows', len(stacks), 'open', open_rows)
if '--names' in sys.argv:
    print('spans', *sorted(names['b']))
    print('moments', *sorted(names['n']))
    print('places', *sorted(re.sub(r'(stdlib/\w+\.fx):.*', r'\1', place) for place in places), sep='\n  ')
PY
fx build busy.fx -o busy
FX_CHECK=1 FX_TRACE=busy.json ./busy
python3 check.py busy.json --names --calls
echo "a file for each process"
FX_TRACE=out-%p.json ./busy > /dev/null
ls | grep -c '^out-[0-9]*\.json$'
echo "a fault, an exit, a signal"
cat > fault.fx <<'FX'
import Console
import Exit
import Time

let main (arguments : List String) : Unit ! {Console, Exit, Time} =
  let! _ = join (Time.sleep 100000) (
    do! Time.sleep 1
    match arguments
    | ["exit"] -> Exit.exit 3
    | ["wait"] ->
      do! Console.print_line "ready"
      Time.sleep 100000
    | _ -> Console.print_line (show (1 / Time.days 0)))
  ret ()
FX
sed -i 's/1 \/ Time.days 0/1 \/ (5 - 5)/' fault.fx
fx build fault.fx -o fault
FX_TRACE=fault.json ./fault 2> /dev/null; echo "status $?"
python3 check.py fault.json
FX_TRACE=fault.json ./fault exit; echo "status $?"
python3 check.py fault.json
mkfifo pipe
for signal in TERM KILL; do
    FX_TRACE=fault.json ./fault wait > pipe &
    read -r line < pipe
    echo "$line"
    kill -$signal $!
    wait $! 2> /dev/null; echo "status $?"
    python3 check.py fault.json | sed 's/rows.*open/open/'
done
FX_TRACE=/nowhere/file ./busy
