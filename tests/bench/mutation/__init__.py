"""Do the tests bite? Small changes of the program, drawn by rule, each of which a test must notice."""
