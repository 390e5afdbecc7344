"""Members: the list an office keeps, read row by row, and who of it is to have an issue."""
