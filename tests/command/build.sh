# Where the executable and the C go.
cp "$TREE/examples/hello/hello.fx" .
fx build hello.fx && ./hello
mkdir out && fx build --release hello.fx -o out/greet --emit-c c && ./out/greet && ls c
fx build --debug hello.fx -o out; echo "status $?"
fx build hello.fx -o no/such/folder/hello; echo "status $?"
CC=clang fx build --release hello.fx -o by_clang && ./by_clang
fx build --static hello.fx -o alone && ./alone
# Links no part of the compiler, and needs neither it nor its folders to run.
env -i ./hello
