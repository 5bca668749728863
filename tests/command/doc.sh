# What modules offer: the library's, and one's own.
say() { echo "\$ fx $*"; fx "$@"; echo "status $?"; }
fx doc > list
grep -E '^  (Option|Tcp|Http.Request|Prelude) ' list
awk 'length > 80' list
# Every module has its page, and every name that the library's page shows is found.
grep -E '^  [A-Z]' list | awk '{ print $1 }' > modules
(cd "$TREE/stdlib" && find . -name '*.fx' | sed 's|^\./||; s|\.fx$||; s|/|.|g' | LC_ALL=C sort) > files
LC_ALL=C sort modules | diff - files && echo "every module is listed"
for module in $(cat modules); do
    fx doc $module > page || echo "$module: status $?"
    fx doc --markdown $module > page.md || echo "$module: status $?"
    [ "$(wc -l < page)" -gt 3 ] && [ "$(wc -l < page.md)" -gt 3 ] || echo "$module: an empty page"
done
say doc Option.map
say doc Exit
say doc Tcp.write_held_within
say doc Request.Progress
say doc is_even
say doc flatten
say doc ret
say doc NotFound | head -4
# Near names.
say doc Lits
say doc List.mpa
say doc Http.Reqest
say doc Lits.map
say doc jion
say doc qqqqqqqq
say doc missing.fx
say doc List Map
# A module of one's own, with all that there can be.
cat > Shop.fx <<'FX'
/// A shop that sells
/// drinks.
///
/// * It opens early, and as the day is long and its doors are wide, it closes late; nobody has ever seen it closed at all.
/// * It is small.
import List
import Map

/// What is sold.
type Drink =
  /// Hot.
  | Tea
  | Coffee Int

type Size = Small | Large

/// Who wants what.
type Order = { guest : String, drinks : List Drink }

type Long = { the_first_of_many_fields : List (Option Int), the_second_of_many_fields : Map.Map String Int }

opaque type Till = Till Int

opaque type Own = Own

opaque type Books = { pages : Int }

alias Price = Drink -> Int

alias Web = {Bank, Visits}

effect Bank =
  /// Takes so much from an account.
  pay : String -> Int -> Bool
  close : Unit

cell Visits : Int = 0

// ---- Prices ----

let price drink = match drink | Tea -> 250 | Coffee shots -> 200 + 60 * shots

private let secret (Own : Own) = 1

/// Applies `f` twice: that is
/// all. It is e.g. good for tests.
///
///     twice (fun x -> x + 1) 1
///
/// ```fx
/// twice (fun x -> x + 1) 1 == 3
/// ```
let twice (f : a -> a) (x : a) : a = f (f x)

let (cheapest, dearest) = (250, 200 + secret Own)

let till (_ : Unit) : Till = Till 0

let largest xs = List.maximum xs

// ---- Guests ----

let serve (guests : List String) (bank : String -> Bool ! {Bank | e}) (limit : Int) ((left, right) : (Int, Int)) (Till _) : Bool ! {Bank | e} =
  if List.length guests > limit + left + right then bank "many" else ret False
FX
say doc Shop.fx
say doc --markdown Shop.fx
cp Shop.fx shop.fx && fx doc shop.fx | grep twice
printf 'let x = 1 + "a"\n' > wrong.fx
say doc wrong.fx
# What is under a name that is no module; and no warnings are told of a module that is looked at.
say doc Http
printf 'import List\n\n/// One.\nlet one : Int = 1\n' > unused.fx
say doc unused.fx 2>&1
