# Files in the form in which everybody writes them.
say() { echo "\$ fx $*"; fx "$@"; echo "status $?"; }
printf 'import List\nimport Console\n\n\n\nlet  twice (f:a->a) x=f( f x )   \n\nlet main (_:List String):Unit!{Console}=\n    Console.print_line "\\(twice (fun n->n+1) (List.sum [1,2]))"' > messy.fx
printf 'let x = 1\n' > tidy.fx
printf 'let x = (1\n' > wrong.fx
cp messy.fx before.fx
say fmt --check messy.fx tidy.fx
cmp messy.fx before.fx
say fmt messy.fx tidy.fx
cat messy.fx
say fmt --check messy.fx tidy.fx
fx run messy.fx
# A file in error stays as it is, the others are written.
cp before.fx messy.fx
cp wrong.fx wrong_before.fx
say fmt wrong.fx messy.fx
cmp wrong.fx wrong_before.fx
say fmt --check messy.fx
say fmt missing.fx
say fmt
say fmt --chekc tidy.fx
# A byte order mark goes; an empty file stays empty; comments alone.
printf '\357\273\277let x = 1\r\nlet y = 2\n' > mark.fx
fx fmt mark.fx && od -c mark.fx | head -3
: > empty.fx
fx fmt empty.fx && wc -c < empty.fx
printf '\n\n  // only\n\n\n// this' > comments.fx
fx fmt comments.fx && cat comments.fx
# What is no file that can be written.
mkdir folder.fx
say fmt folder.fx
