"""The rules of preflight by themselves, each tried on both sides of its edge, on what a page might paint."""
