"""How issues are made up for styles of format 2."""
