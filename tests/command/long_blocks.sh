# Blocks of many items go through every pass, on the usual stack; beyond the limit they are refused.
ulimit -s 8192
items() { seq "$1" | sed "s/.*/$2/"; }
head_of() { printf 'import Console\n\nlet main (args : List String) : Unit ! {Console} =\n'; }
{ head_of; items 20000 '  do! Console.print_line "&"'; echo '  ret ()'; } > run.fx
{ head_of; echo '  let x0 = 0'; seq 20000 | awk '{ print "  let x" $1 " = x" $1 - 1 " + " $1 }'; echo '  Console.print_line "\(x20000)"'; } > let.fx
{ head_of; items 20000 '  let! x& = ret &'; echo '  Console.print_line "\(x1 + x20000)"'; } > let_bang.fx
{ echo 'let count (n : Int) : Int =' && echo '  match n'; items 20000 '  | & -> &0'; printf '  | _ -> 0\n\n'; head_of; echo '  Console.print_line "\(count 20000)"'; } > match.fx
{ echo 'let half (n : Int) : Int = n / 2'; echo 'let halves (n : Int) : List Int = ['; items 5000 '    half (n + &),'; printf '  ]\n\n'
  echo 'let sum (xs : List Int) (total : Int) : Int ='; printf '  match xs\n  | [] -> total\n  | x :: rest -> sum rest (total + x)\n\n'
  head_of; echo '  Console.print_line "\(sum (halves 1) 0)"'; } > list.fx
{ items 20000 'let f& (n : Int) : Int = n + &'; head_of; echo '  Console.print_line "\(f20000 1)"'; } > declarations.fx
for name in run let let_bang match list declarations; do
  fx check $name.fx 2>&1 | grep -c error
  for pass in layout syntax core cps c; do
    FX_VERIFY=1 fx dump $pass $name.fx > dump 2> errors || { echo "$name $pass: status $?"; head -3 errors; }
  done
  echo "$name: $(fx run --interpret $name.fx 2> errors | tail -1)"
done
fx build run.fx && FX_CHECK=1 ./run | tail -1
{ head_of; items 100001 '  do! Console.print_line "&"'; echo '  ret ()'; } > too_long.fx
fx check too_long.fx
