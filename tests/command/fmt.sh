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
# When the disk is full the source stays as it is, and nothing is left beside it.
mkdir full
for n in $(seq 100); do printf 'let  name_%d=%d\n' $n $n; done > full/full.fx
cp full/full.fx full_before.fx
bash -c "trap '' XFSZ; ulimit -f 1; fx fmt full/full.fx; echo status \$?" 2>&1 | cat
cmp full/full.fx full_before.fx
ls -A full
# Its mode stays, and behind a symbolic link the file is written and the link stays.
chmod 640 full/full.fx
ln -s full/full.fx link.fx
say fmt link.fx
readlink link.fx
stat -c %a full/full.fx
head -1 full/full.fx
ls -A full
# A file that may not be written stays as it is, except for who may write all.
cp full_before.fx full/kept.fx
chmod 440 full/kept.fx
[ -w full/kept.fx ] || fx fmt full/kept.fx 2>/dev/null
[ -w full/kept.fx ] || cmp full/kept.fx full_before.fx
rm -rf full
