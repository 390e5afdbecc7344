"""What the pages of an issue must show, enumerated from the model alone."""
