"""The grid of lines that neighbouring columns share."""
