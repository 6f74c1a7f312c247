"""Measures: what they change, what they do alone, together and in order, and what they cost."""
