"""How much of the work set was done, from the days of a log."""
