/// Signals: what the system, a terminal or another process tells this one.

/// The signals that a program may wait for, and send.
type Signal =
  | Hangup         // SIGHUP: the terminal is gone; by custom: read the configuration again
  | Interrupt      // SIGINT: Ctrl-C
  | Quit           // SIGQUIT: Ctrl-\
  | User1          // SIGUSR1
  | User2          // SIGUSR2
  | Alarm          // SIGALRM
  | Terminate      // SIGTERM: what `kill` sends
  | Continue       // SIGCONT: after a stop
  | WindowChanged  // SIGWINCH: the terminal has another size

extern effect Signal =
  /// Waits until the signal comes. All who wait for it are told.
  ///
  /// SIGINT and SIGTERM end a program that does not wait for them: its tasks are cancelled, releases run, and the status is 130 or 143.
  /// Any other signal does to the program what the system does with it, until `wait` asks for it the first time; one that then comes
  /// while nobody waits is kept for the next who does.
  ///
  /// ```fx program
  /// import Console
  /// import Signal
  /// import Time
  ///
  /// let main (_ : List String) : Unit ! {Console, Signal, Time} =
  ///   match! first (Signal.wait Signal.Interrupt) work
  ///   | Left () -> Console.print_line "Stopping in good order."
  ///   | Right () -> ret ()
  ///
  /// let work : Unit ! {Time} =
  ///   do! Time.sleep 1000
  ///   work
  /// ```
  wait : Signal -> Unit = wait "fx_signal_wait"

/// The system's number of a signal.
///
/// ```fx
/// Signal.number Signal.Interrupt == 2
/// Signal.number Signal.Terminate == 15
/// ```
extern let number : Signal -> Int = "fx_signal_number"
