"""Pages while they are written, laid out and drawn by a resident process for each workspace."""
