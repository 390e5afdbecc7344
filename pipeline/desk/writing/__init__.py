"""Articles, plans and settings opened, saved and merged: what every editor of the files calls."""
