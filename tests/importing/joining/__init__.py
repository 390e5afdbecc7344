"""Imports into what is there already."""
