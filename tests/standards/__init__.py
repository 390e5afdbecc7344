"""Conformance of our files to the standards they claim, checked by other programs."""
