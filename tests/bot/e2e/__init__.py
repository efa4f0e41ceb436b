"""The whole program from outside: a bot process, a loopback Discord, feeds on loopback, and a hand that kills it."""
