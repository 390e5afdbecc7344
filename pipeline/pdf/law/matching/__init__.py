"""Which fragments of the pages show each block of the issue."""
