"""Paragraphs of the engine: what is in them, where their lines may end, how they are set by a plan."""
