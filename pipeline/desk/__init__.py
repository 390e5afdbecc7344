"""The use cases, a file a theme; whatever face the program has calls these and nothing below."""
