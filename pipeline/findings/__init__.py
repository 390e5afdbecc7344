"""Findings: what is wrong or worth a look, where it stands, and what is raised when work stops."""
