# Each code that a message shows has its long story.
for code in $(sed -n 's/^DIAGNOSTIC(\([EW][0-9]*\),.*/\1/p' "$TREE/compiler/base/diagnostics.def"); do
    fx explain "$code" > story || echo "$code: status $?"
    head -1 story | grep -q "^$code: ." || echo "$code: no title"
    [ "$(wc -l < story)" -gt 2 ] || echo "$code: no story"
done
fx explain E0101
