"""The separations (plates) of a page, drawn as pictures: how much of each ink is printed where."""
