"""What the program has prepared in advance, and how it is prepared anew."""
