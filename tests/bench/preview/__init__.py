"""The preview measured, and held against layouts from the start."""
