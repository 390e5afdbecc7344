"""Finding codes of reading, checking and laying out an issue, with their English wording."""
