# fx test on specs: what is said of a failure, as a page and as JSON.
cp "$TREE/tests/spec/bugs/half_a_transfer.fx" "$TREE/tests/spec/bugs/empty_name.fx" .
fx test --seed 1 --html pages half_a_transfer.fx | tail -2; echo "status $?"
ls pages
grep -c '<rect' pages/half_a_transfer.nothing_is_lost.html
grep -e '<h1>' -e 'class="message"' -e '<text' pages/half_a_transfer.nothing_is_lost.html
fx test --seed 1 --json empty_name.fx; echo "status $?"
fx test --seed 1 --html /dev/null/none empty_name.fx >/dev/null; echo "status $?"
