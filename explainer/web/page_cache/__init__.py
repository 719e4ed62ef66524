"""Readers' pages as they were made once, kept as rows of a file beside the database.

A page is asked for a thousand times between two changes, and is the same for everybody. `declare`
is how a view says so, `store` keeps what was said, `middleware` stands before Django and answers,
`build` and `encodings` say for which code and in which bytes.
"""
