"""A run to take home: files that a browser downloads."""
