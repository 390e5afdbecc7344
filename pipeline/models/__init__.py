"""The content of a bulletin as frozen data: no files, no clock, no libraries but pydantic."""
