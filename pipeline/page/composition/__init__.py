"""The HTML of an issue: its templates, filled with the values of the issue and of its language."""
