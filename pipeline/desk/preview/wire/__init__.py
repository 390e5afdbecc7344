"""What the resident process answers, as bytes: plain data that is read by what was asked, never executed."""
