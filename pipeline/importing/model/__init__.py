"""The data structure of an incoming text: its blocks, and the inventory of its file."""
