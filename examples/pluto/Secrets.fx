/// The certificate and key that TLS is spoken with. They can be read again while the server runs; connections that are open keep theirs.
import ErrorLog
import File
import Log
import Options
import Time
import Tls

/// None: no TLS.
cell Secrets : Option Tls.Context = None

/// Reads what the options name.
let load (options : Options.Options) : Result Unit String ! {Secrets, Tls.Tls | e} =
  match (options.certificate, options.key)
  | (Some certificate, Some key) ->
    match! Tls.load certificate key
    | Err problem -> ret (Err problem)
    | Ok context ->
      do! Secrets.set (Some context)
      ret (Ok ())
  | _ -> ret (Ok ())

/// Reads them again, for they may have been renewed. Those in use stay where the new ones cannot be used.
let renew (options : Options.Options) : Unit ! {File, Log, Secrets, Time, Tls.Tls | e} =
  if options.certificate == None then ret ()
  else
    match! load options
    | Ok () -> ErrorLog.info options.error_log "The certificate and its key have been read again."
    | Err problem -> ErrorLog.error options.error_log "\(problem). The certificate that was read before stays in use."
