"""Reading: a folder of files becomes an issue, and everything that is wrong with them is found."""
