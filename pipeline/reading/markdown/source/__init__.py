"""An article's file as it was written: its lines, and where the parser's tokens stand in them."""
