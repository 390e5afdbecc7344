"""Findings and faults in the words of the studio: articles by their titles, fields by their labels."""
