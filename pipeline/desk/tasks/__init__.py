"""Use cases that take long, as work in a process of its own that tells how far it is."""
