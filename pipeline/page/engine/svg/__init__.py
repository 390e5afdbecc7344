"""Drawings: changes to how the engine reads and draws SVG, each with its guard."""
