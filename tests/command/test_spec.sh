# fx test on specs: what is said of a failure, as a page and as JSON.
cp "$TREE/tests/spec/bugs/half_a_transfer.fx" "$TREE/tests/spec/bugs/empty_name.fx" .
fx test --seed 1 --html pages half_a_transfer.fx | tail -2; echo "status $?"
ls pages
grep -c '<rect' pages/half_a_transfer.nothing_is_lost.html
grep -e '<h1>' -e 'class="message"' -e '<text' -e 'class="way"' pages/half_a_transfer.nothing_is_lost.html
# A name that is no name of a file; texts that are cut, and can be read whole.
sed 's|"in two orders"|"GET /<any>"|' "$TREE/tests/spec/bugs/simulate_deadlock.fx" >named.fx
sed 's/approve/approve_what_is_written_in_the_book_of_all_accounts/' "$TREE/tests/spec/bugs/lost_update.fx" >long.fx
fx test --seed 1 --html pages named.fx long.fx | grep drawn
grep -h -e '<h1>' -e '<title>' pages/named.* pages/long.*
fx test --seed 1 --json empty_name.fx; echo "status $?"
fx test --seed 1 --html /dev/null/none empty_name.fx >/dev/null; echo "status $?"
