"""The command line program `bulletin`."""
