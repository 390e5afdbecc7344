"""Word files (ECMA-376), read as a reader of the printed page sees them."""
