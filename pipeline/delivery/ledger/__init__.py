"""Ledger of the mail: mailings, delivery records, suppressed recipients, and the folder that holds it."""
