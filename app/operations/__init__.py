"""What whoever runs a server sees of it: numbers, logs, signs of life, and the addresses it is at."""
