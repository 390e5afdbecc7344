"""How an issue is made up for the pages of a style of format 2: weights, runs of articles, slots, cover."""
