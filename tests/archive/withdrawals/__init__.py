"""Withdrawals: their records, their chain, and what an interruption leaves."""
