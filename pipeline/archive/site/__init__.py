"""The archive as a static site."""
