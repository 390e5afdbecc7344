"""Tests of work on an issue as a whole."""
