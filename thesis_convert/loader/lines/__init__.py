"""From words to lines in reading order, of a page's column or of a table's cell."""
