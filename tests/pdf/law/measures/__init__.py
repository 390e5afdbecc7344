"""The measures of the law of the page, each tried on both sides of its edge, on pages drawn by hand."""
