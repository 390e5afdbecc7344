"""States of the mail: the table, the cases that broke it once, and a model that tries everything else."""
