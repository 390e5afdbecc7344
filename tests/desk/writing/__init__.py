"""Articles, plans and settings opened, saved and merged; their history."""
