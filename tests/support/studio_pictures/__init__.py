"""The pictures of the guide to the studio, made by a studio that runs."""
