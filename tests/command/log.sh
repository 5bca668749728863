# FX_LOG: from which level on, as text or as JSON.
cat > levels.fx <<'FX'
import Log

let main (_ : List String) : Unit ! {Log} =
  do! Log.write "as it is"
  do! Log.debug "looking"
  do! Log.info "it \"happens\"\nin two lines \x01"
  do! Log.warn "not UTF-8: \xFF"
  Log.error "wrong"
FX
fx build levels.fx -o levels
show() { sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z/TIME/' | LC_ALL=C cat -v; }
for wanted in "" debug warn error off json debug,json json,error nonsense; do
    echo "FX_LOG=$wanted"
    FX_CHECK=1 FX_LOG=$wanted ./levels 2>&1 | show
done
echo "every JSON line is one"
FX_LOG=debug,json ./levels 2>&1 | python3 -c '
import json, sys
for line in sys.stdin: print(sorted(json.loads(line).items())[:-1])'
