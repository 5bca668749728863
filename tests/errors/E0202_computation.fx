do! ret ()
