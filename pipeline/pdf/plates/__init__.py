"""The separations of a page: how much of each ink lands where."""
