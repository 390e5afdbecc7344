"""What colleagues send → a draft issue: read, recognised, written, counted and merged; nothing vanishes."""
