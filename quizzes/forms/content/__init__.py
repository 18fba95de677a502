"""Forms of the editors."""
