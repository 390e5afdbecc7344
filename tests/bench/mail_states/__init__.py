"""Bench of the mail's states: `python -m tests.bench.mail_states`."""
