"""Pages while they are written: a resident process for each workspace lays issues out, and draws what changed."""
