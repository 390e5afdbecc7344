"""The codes of the findings, by theme, each with its message and remedy in English."""
