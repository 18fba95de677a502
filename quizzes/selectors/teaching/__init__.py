"""Reads that concern many students: classes, and what is reported to editors."""
