/// Names of hosts.
import Error

extern effect Dns =
  /// The addresses of a host, IPv4 and IPv6, in the order in which they should be tried. A host that is an address is its own. Behind a
  /// link-local address stands its interface: `fe80::1%eth0`.
  ///
  /// ```fx program
  /// import Console
  /// import Dns
  /// import Error
  /// import List
  ///
  /// let main (_ : List String) : Unit ! {Console, Dns} =
  ///   match! Dns.resolve "localhost"
  ///   | Ok addresses -> List.iter_seq Console.print_line addresses
  ///   | Err error -> Console.error_line (Error.message error)
  /// ```
  resolve : String -> Result (List String) Error = wait "fx_dns_resolve"
