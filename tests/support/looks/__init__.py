"""Looks of houses: what is measured of them, and pictures for the guide."""
