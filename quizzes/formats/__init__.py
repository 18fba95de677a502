"""Bytes to specs and back: pure, no Django, no files."""
