"""What every room may use: arrays, registries of records, errors, random numbers, numbers in words."""
