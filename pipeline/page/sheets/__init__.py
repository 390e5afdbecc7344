"""The sheets of a house's own style, held to what pages can be laid out by."""
