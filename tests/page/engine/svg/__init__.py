"""How drawings are read and drawn."""
