"""Tables of people, from text to the points of a data set; `table.py` reads one whole."""
