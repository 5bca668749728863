# The examples as their users get them wrong: each says what it wanted, and ends with a status that says so.
build() { fx build "$TREE/examples/$1/$2.fx" -o "$2"; }
build chat chat; build echo echo; build fetch fetch; build follow follow; build port_scanner port_scanner
build repos2web make_repository; build repos2web repos2web; build search search; build word_count word_count
mkdir folder
echo "a line" > file
ln -s file link
try() {
    echo "\$ $*"
    FX_CHECK=1 "./$@" < /dev/null 2>&1
    status=$?
    [ $status = 0 ] || echo "status $status"
}
for server in chat echo; do try $server; try $server 65536; try $server -1; try $server 1 2; done
try fetch; try fetch --rate 0 http://a/; try fetch --rat 1; try fetch https://a/; try fetch http:///; try fetch --help
try follow; try follow x; try follow x missing; try follow x folder
try port_scanner; try port_scanner 127.0.0.1 0; try port_scanner 127.0.0.1 9 1
try search; try search --names; try search --help; try search a; try search line link; try search line file/file missing; try search x file
try word_count; try word_count folder missing; try word_count link
try make_repository; try make_repository -1 made; try make_repository 1 file; try make_repository 1 made
try repos2web; try repos2web missing; try repos2web made file; try repos2web made
echo "A full disk:"
for call in "word_count file" "search line file" "fetch http:///"; do
    FX_CHECK=1 ./$call > /dev/full
    echo "status $?"
done 2>&1
echo "Nobody reads:"
for call in "word_count file file" "search a ."; do { FX_CHECK=1 ./$call; echo "status $?" >&2; } | :; done 2>&1
