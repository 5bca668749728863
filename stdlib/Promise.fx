/// A value that is set once and can be waited for by any number of tasks.

/// A value of which someone will say what it is.
extern type Promise a

/// A promise that has not been set.
extern let make : Promise a ! e = "fx_promise_make"

/// Sets it, and lets those go on who wait. False: it had been set before, and keeps its value.
extern let set : Promise a -> a -> Bool ! e = "fx_promise_set_take"

/// Waits until it has been set.
///
/// ```fx
/// import Console
/// import Promise
///
/// let main (_ : List String) : Unit ! {Console} =
///   let! answer = Promise.make
///   let! _ = join (report answer) (Promise.set answer 42)
///   ret ()
///
/// let report (answer : Promise Int) : Unit ! {Console} =
///   let! number = Promise.wait answer
///   Console.print_line "It is \(number)."
/// ```
extern let wait : Promise a -> a ! e = wait "fx_promise_wait"

/// Its value, if it has been set.
extern let get : Promise a -> Option a ! e = "fx_promise_get"
