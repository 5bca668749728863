import Tcp (Socket)

/// Sockets that are not in use.
opaque type Pool = Pool (List Socket) Int
