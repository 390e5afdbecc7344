"""The ledger of the mail: what was promised to whom, and what became of it."""
