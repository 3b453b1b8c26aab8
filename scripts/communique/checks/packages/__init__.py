"""Packages as an archive has them, years later and elsewhere: whether they are whole, and what is inside."""
