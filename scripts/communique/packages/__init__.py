"""The packages that libraries and archives take in: pure functions from the files of a statement to named entries."""
