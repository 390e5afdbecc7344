"""A draft issue: recognised in what came in, and written as the files of an issue."""
