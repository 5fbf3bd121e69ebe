"""A room full of people, played by a program: what each of them would see of a server."""
