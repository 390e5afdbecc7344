"""Tests of what the sheets of a house may say."""
