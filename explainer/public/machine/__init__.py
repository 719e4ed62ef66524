"""The same words for programs: a Markdown copy of each page, and the claims as JSON."""
