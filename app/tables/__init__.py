"""Tables of people, from text to columns; `app.csv_rows` makes points of them."""
