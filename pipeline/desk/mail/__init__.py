"""The mail in use: looked at from every side, sent, and accounted for."""
