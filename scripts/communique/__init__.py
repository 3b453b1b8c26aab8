"""Publishes official statements: one annotated master, the same words in every format."""
