type Box A = Box A
