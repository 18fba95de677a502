"""Reads of classes: who may join, how the students are doing."""
