"""Forms of a student."""
