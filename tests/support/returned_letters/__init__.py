"""Returned letters in words of our own, by server family and case, each with what it means."""
