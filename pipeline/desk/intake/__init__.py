"""Intake: issues are begun, texts taken in, checked and mended."""
