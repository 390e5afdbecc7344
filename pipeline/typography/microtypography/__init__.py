"""Quotes, dashes, ranges, decimals and no-break spaces, by language, on text runs only."""
