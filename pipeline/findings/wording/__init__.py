"""Findings and messages in words: the catalogues of translation, and the source line that is shown."""
