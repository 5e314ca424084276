"""The curated files, read into frozen records, or every problem that they have with its file and line."""
