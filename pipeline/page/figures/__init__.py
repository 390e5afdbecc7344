"""Facts drawn: budget bars, the timeline of the projects, the map of partners, the EU emblem."""
