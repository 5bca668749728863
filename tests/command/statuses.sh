# Exit statuses: 0 done, 1 the program is wrong, 2 the command line is wrong; fx run gives the program's own.
say() { "$@"; echo "status $?"; }
printf 'let x = 1 + "a"\n' > wrong.fx
printf 'let x = 1\n' > right.fx
printf 'let main (arguments : List String) : Int ! {} = ret 5\n' > five.fx
printf 'let main (_ : List String) : Unit ! {} = fault "oh"\n' > faulty.fx
say fx check right.fx
say fx check right.fx wrong.fx
say fx run five.fx
say fx run faulty.fx
say fx run wrong.fx
say fx build right.fx
say fx check missing.fx
say fx check right.txt
say fx
say fx frobnicate
say fx chekc right.fx
say fx build
say fx build right.fx five.fx
say fx build --relase five.fx
say fx build five.fx -o
say fx run --cc=no-such-compiler five.fx
say fx dump typs right.fx
say fx explain E9999
# What was printed and did not arrive.
fx --version >&-; echo "status $?"
fx explain E0203 > /dev/full; echo "status $?"
ls
