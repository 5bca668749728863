# fx run hands over arguments and standard input; options of fx stand before the file.
cat > echo.fx <<'END'
import Console

let main (arguments : List String) : Int ! {Console} =
  let! line = Console.read_line
  do! Console.print_line "\(show arguments) \(show line)"
  ret 3
END
echo hello | fx run --release echo.fx -o "two words" --help; echo "status $?"
fx run echo.fx < /dev/null; echo "status $?"
fx run --interpret echo.fx one < /dev/null; echo "status $?"
ls
