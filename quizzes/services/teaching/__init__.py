"""Writes about many students: classes, and what students report."""
