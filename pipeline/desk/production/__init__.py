"""Production: an issue is checked, made for each edition, preflighted and written."""
