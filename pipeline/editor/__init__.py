"""The editor: spelling, and what a careful editor would query before a thousand members see it."""
