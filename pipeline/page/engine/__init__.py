"""The layout engine (WeasyPrint): nothing outside this folder imports it or reaches into it."""
