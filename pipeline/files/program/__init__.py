"""What the program itself is made of, for the lock of a build: its files, and the libraries it uses."""
