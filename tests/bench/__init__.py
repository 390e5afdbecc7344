"""The budgets: what the press may cost, as ratios against what it is made of, measured side by side."""
