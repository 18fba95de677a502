"""Reads: what pages and services need to know. Nothing here writes."""
