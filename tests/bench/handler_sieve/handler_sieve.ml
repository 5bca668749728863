let rec sum_of_primes n limit sum is_prime =
  if n >= limit then sum
  else if is_prime n then
    sum_of_primes (n + 1) limit (sum + n) (fun m -> if m mod n = 0 then false else is_prime m)
  else sum_of_primes (n + 1) limit sum is_prime

let () = Printf.printf "%d\n" (sum_of_primes 2 20_000 0 (fun _ -> true))
