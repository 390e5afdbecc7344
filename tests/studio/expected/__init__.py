"""What people who know Word alone expect of the studio, tried with a real browser and a real studio."""
