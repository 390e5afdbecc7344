"""What others make and what the machine does, at its worst: nothing hangs, leaks or is left half."""
