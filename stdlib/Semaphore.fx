/// Permits: of those who ask, only so many go on at once, the others wait in the order of asking.

/// A number of permits.
extern type Semaphore

/// A semaphore with so many permits.
extern let make : Int -> Semaphore ! e = "fx_semaphore_make"

/// Takes a permit, waiting while there is none. `with_permit` gives it back by itself.
extern let acquire : Semaphore -> Unit ! e = wait "fx_semaphore_acquire"

/// Gives a permit back.
extern let release : Semaphore -> Unit ! e = "fx_semaphore_release"

/// Runs a computation with a permit, which is given back however the computation ends. Waiting for the permit can be cancelled.
///
/// ```fx
/// import Console
/// import Semaphore
///
/// let main (_ : List String) : Unit ! {Console} =
///   let! one = Semaphore.make 1
///   let! _ = join (say one "a") (say one "b")   // never both at once
///   ret ()
///
/// let say (semaphore : Semaphore) (text : String) : Unit ! {Console} =
///   Semaphore.with_permit semaphore (Console.print_line text)
/// ```
let with_permit (semaphore : Semaphore) (c : a ! e) : a ! e =
  do! acquire semaphore
  bracket (ret ()) (fun () -> release semaphore) (fun () -> c)

/// Permits that could be had at once.
extern let available : Semaphore -> Int ! e = "fx_semaphore_available"
