"""Drawings of facts: budget bars, the timeline of the projects, the map of partners, the EU emblem.

`drawing.Palette` lists the tokens (format 1) or roles (format 2) of the style that the timeline and the map
take their colours from. The bars are HTML, and coloured by the style's sheets.
"""
