"""Arrivals made by rule over their kinds; `python -m tests.bench.arrivals` tries all mails and Word files."""
