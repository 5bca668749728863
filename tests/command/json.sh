# One object a line, for tools.
printf 'let x : Int = "a"\n\nlet y = unknown_name\n' > wrong.fx
fx check --json wrong.fx; echo "status $?"
fx check --json wrong.fx 2>/dev/null | python3 -c 'import json, sys
for line in sys.stdin: print(sorted(json.loads(line)))'
