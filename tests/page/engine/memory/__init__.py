"""The layout engine: its patches and guards, printing, and the boxes of its pages."""
