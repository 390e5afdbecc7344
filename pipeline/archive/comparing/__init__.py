"""Comparing a past issue with the same issue made again, and why they differ."""
