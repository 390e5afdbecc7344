"""The studio carries an issue to its readers: files, archive and mail."""
