import Console

/// A handler for each prime: as many stand round each other as there are primes.
effect Prime =
  is_prime : Int -> Bool

let without (prime : Int) (c : a ! {Prime | e}) : a ! {Prime | e} =
  handle c with
  | Prime.is_prime n -> if n % prime == 0 then ret False else Prime.is_prime n

let any (c : a ! {Prime | e}) : a ! e =
  handle c with
  | Prime.is_prime _ -> ret True

let sum_of_primes (n : Int) (limit : Int) (sum : Int) : Int ! {Prime} =
  if n >= limit then ret sum
  else
    let! prime = Prime.is_prime n
    if prime then without n (sum_of_primes (n + 1) limit (sum + n)) else sum_of_primes (n + 1) limit sum

let main (_ : List String) : Unit ! {Console} =
  let! n = any (sum_of_primes 2 20_000 0)
  Console.print_line "\(n)"
