"""The public site as files, for a machine that runs none of our code.

Every answer is made by the real application. `walk` asks, `links` finds where an answer leads,
`release` writes beside and switches, `rules` finds which headers go with which files, `nginx` and
`hosts` tell servers. What the site has, and which parts of it need a server, is handed in.
"""
