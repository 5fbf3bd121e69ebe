"""The server's end of each connection: what may come, how much, how long."""
