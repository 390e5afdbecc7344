"""Drawings of facts: budget bars, the timeline of the projects, the map of partners, the EU emblem.

Their colours are tokens of the style, in `styles/<name>/<version>/style.toml`: `drawing.Palette` lists what
the timeline and the map use each for; the bars are HTML, coloured by `.bar` in the style's `facts.css`.
"""
