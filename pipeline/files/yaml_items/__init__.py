"""Items of lists and fields of YAML moved, added and taken out, with their comments."""
