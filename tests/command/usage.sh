# The reference shows each command as `fx --help` does.
fx --help | grep -E '^ +fx [a-z]' | sed 's/^ *//' > said
sed -n '/^## 14/,/^| command/p' "$TREE/docs/language.md" | grep '^fx ' > shown
diff said shown && echo "the same $(wc -l < said) lines"
for command in build run check test doc fmt explain dump new; do
    fx $command --help > help 2>&1 || echo "$command --help: status $?"
    grep -q "fx $command" help || echo "$command --help does not say how it is called"
done
for word in tokens layout syntax core specialised simplified counted cps c; do fx dump $word "$TREE/examples/hello/hello.fx" > /dev/null || echo "no pass $word"; done
