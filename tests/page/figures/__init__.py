"""Figures: bars, timeline, map and emblem."""
