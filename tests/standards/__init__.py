"""The standards our files claim, judged by others' programs."""
