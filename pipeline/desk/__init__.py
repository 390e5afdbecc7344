"""The use cases of the program, called by the command line and by any other interface."""
