"""The content of questions/: read, checked, turned into core."""
