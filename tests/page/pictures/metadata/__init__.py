"""Metadata of pictures: what is made with it, a reader that finds it, and what is left of it."""
