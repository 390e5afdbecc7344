"""Makes a look of a house's few colours: its roles, their inks, and its faces."""
