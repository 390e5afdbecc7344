"""Use cases of the mail: checking, planning, sending, and reading the delivery records."""
