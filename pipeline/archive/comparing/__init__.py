"""Comparing a past issue with the same issue built again, and finding the causes of differences."""
