"""Use cases of the mail."""
