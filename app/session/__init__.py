"""One person's run: what it is, how far it has come, what the browser has seen of it."""
