"""The outside judges: other people's programs, each started once for many files where it can."""
