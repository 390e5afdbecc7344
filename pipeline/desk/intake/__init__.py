"""Intake: beginning an issue, importing texts, checking, and correcting typography in the files."""
