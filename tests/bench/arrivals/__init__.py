"""Tries the import on arrivals made by rule."""
