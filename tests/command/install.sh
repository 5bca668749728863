# make install and make uninstall: an installed fx needs nothing of the tree.
MAKEFLAGS= MAKELEVEL= make -s -C "$TREE" install BUILD="$BUILD" PREFIX="$PWD/prefix" >/dev/null || echo "install failed"
find prefix -type f | grep -v '/stdlib/' | sort
cp "$TREE/examples/hello/hello.fx" .
prefix/bin/fx run hello.fx
prefix/bin/fx run --release hello.fx
MAKEFLAGS= MAKELEVEL= make -s -C "$TREE" uninstall BUILD="$BUILD" PREFIX="$PWD/prefix" >/dev/null
find prefix -type f
