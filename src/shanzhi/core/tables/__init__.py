"""Tables of people and things as files carry them: cells, columns, headings, rows. No file is opened here."""
