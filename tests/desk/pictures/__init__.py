"""What photographs tell is never published, consent is asked, and what was filed can be withdrawn."""
