"""Forms about a person."""
