"""Tests of the law of the page."""
