"""The evidence core: from Markdown and positions to labelled, safe HTML.

Plain Python. It is given everything and returns results; it never reads a
file, a database, a clock or a setting, so every rule about evidence can be
tested by a table. `pipeline.explain` is the way in.
"""
