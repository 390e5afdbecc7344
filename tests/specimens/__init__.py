"""Bulletins made up for tests: their texts are kept, their photographs are drawn when they are asked for."""
