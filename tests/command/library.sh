# The library beside another implementation of the same: Python says of each line whether it is right.
cat > beside.fx <<'END'
import Base64
import Console
import Float
import Int
import Integer
import Json
import List
import String
import Time
import Url

// The next of Knuth's MMIX generator.
let next (seed : Int) : Int = Int.wrapping_add (Int.wrapping_multiply seed 6364136223846793005) 1442695040888963407

// Numbers that look random, their sizes too.
let numbers (count : Int) : List Int =
  List.map (fun seed -> Int.shift_right (Int.bit_and 63 (next seed)) seed) (List.unfold (fun (seed, left) -> if left == 0 then None else Some (seed, (next seed, left - 1))) (7, count))

let large (n : Int) : Integer =
  List.fold (fun done k -> Integer.add (Integer.multiply done (Integer.of_int Int.max_value)) (Integer.of_int k)) (Integer.of_int n) (List.take (Int.bit_and 3 n) (numbers (1 + Int.bit_and 7 n)))

let bytes_of (n : Int) : String = String.from_bytes (List.map (fun k -> Int.shift_right k n) (List.range 0 (Int.bit_and 31 n)))

let calculations ((a, b) : (Int, Int)) : Unit ! {Console} =
  let (x, y) = (large a, large b)
  let both = "\(Integer.to_string x) \(Integer.to_string y)"
  do! Console.print_line "add \(both) \(Integer.to_string (Integer.add x y))"
  do! Console.print_line "subtract \(both) \(Integer.to_string (Integer.subtract x y))"
  do! Console.print_line "multiply \(both) \(Integer.to_string (Integer.multiply x y))"
  do! Console.print_line "divisor \(both) \(Integer.to_string (Integer.greatest_common_divisor x y))"
  if y != Integer.zero then
    do! Console.print_line "divide \(both) \(Integer.to_string (Integer.divide x y))"
    Console.print_line "remainder \(both) \(Integer.to_string (Integer.remainder x y))"

let texts (n : Int) : Unit ! {Console} =
  let x = Float.of_bits n
  do! Console.print_line "float \(n) \(Float.to_string x)"
  do! if Float.is_finite x then Console.print_line "fixed \(n) \(Int.bit_and 15 n) \(Float.format (Int.bit_and 15 n) x)"
  do! Console.print_line "hexadecimal \(n) \(Int.to_hex n)"
  do! Console.print_line "base64 \(show (String.bytes (bytes_of n))) \(Base64.encode (bytes_of n))"
  do! Console.print_line "url \(show (String.bytes (bytes_of n))) \(Url.encode (bytes_of n))"
  let json = Json.Object [(bytes_of n, Json.Array [Json.Int n, Json.Float (if Float.is_finite x then x else 0.0), Json.Null, Json.Text "\0\n\"\\\u{1F600}"])]
  do! Console.print_line "json \(show (String.bytes (bytes_of n))) \(n) \(Json.to_string json)"
  let time = n % 200_000_000_000
  if time > -62_000_000_000 then Console.print_line "time \(time) \(Time.rfc3339 time) \(Time.rfc1123 time)"

let main (_ : List String) : Unit ! {Console} =
  do! List.iter_seq calculations (List.pairs (numbers 400))
  List.iter_seq texts (numbers 400)
END
cat > beside.py <<'END'
import base64, datetime, email.utils, json, math, struct, sys, urllib.parse

def float_of(bits): return struct.unpack("<d", struct.pack("<q", int(bits)))[0]
def toward_zero(a, b): return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
def shown_bytes(text): return bytes(json.loads(text))

CALCULATIONS = {
    "add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a * b, "divisor": math.gcd,
    "divide": toward_zero, "remainder": lambda a, b: a - b * toward_zero(a, b),
}

def is_float(bits, text):
    x, read = float_of(bits), float(text)
    digits = lambda number: number.lower().lstrip("-").split("e")[0].replace(".", "").strip("0")
    return (x != x and read != read) or (x == read and math.copysign(1, x) == math.copysign(1, read) and len(digits(text)) == len(digits(repr(x))))

def is_json(data, n, text):
    ((name, (whole, fraction, null, fixed)),) = json.loads(text).items()
    x = float_of(n)
    plain = "".join(c if ord(c) < 0xd800 or ord(c) > 0xdfff else "\N{REPLACEMENT CHARACTER}" for c in data.decode("utf-8", "surrogateescape"))
    return name == plain and whole == int(n) and fraction == (x if math.isfinite(x) else 0) and null is None and fixed == "\0\n\"\\\U0001F600"

def is_time(seconds, iso, mail):
    moment = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=int(seconds))
    return moment.replace(tzinfo=None).isoformat() + "Z" == iso and email.utils.format_datetime(moment, usegmt=True) == mail

def is_right(line):
    kind, rest = line.split(" ", 1)
    if kind in CALCULATIONS:
        a, b, result = map(int, rest.split())
        return CALCULATIONS[kind](a, b) == result
    if kind == "float": return is_float(*rest.split())
    if kind == "fixed":
        bits, decimals, text = rest.split()
        return f"{float_of(bits):.{decimals}f}" == text
    if kind == "hexadecimal":
        number, text = rest.split()
        return format(int(number), "x") == text
    if kind == "time": return is_time(*rest.split(" ", 2))
    end = rest.index("]") + 1
    data, rest = shown_bytes(rest[:end]), rest[end + 1:]
    if kind == "base64": return base64.b64encode(data).decode() == rest
    if kind == "url": return urllib.parse.quote(data, safe="") == rest
    return is_json(data, *rest.split(" ", 1))

lines = sys.stdin.buffer.read().decode().split("\n")[:-1]
wrong = [line for line in lines if not is_right(line)]
kinds = sorted({line.split(" ", 1)[0] for line in lines})
print(*wrong[:5], sep="\n", end="\n" if wrong else "")
print(f"{len(wrong)} wrong of {', '.join(kinds)}")
END
fx run beside.fx | python3 beside.py
