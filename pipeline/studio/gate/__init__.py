"""The gate: every request of a browser is judged here before anything of the workspace is read."""
