"""The table of kept pages in SQL: its columns, and what is asked of it.

`reading` is what a page read of the database, compressed; empty if that cannot be read again.
"""

from explainer.web.page_cache.encodings import BROTLI, GZIP, IDENTITY

SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
  address TEXT NOT NULL, build TEXT NOT NULL, edition TEXT NOT NULL, made_at REAL NOT NULL,
  until REAL NOT NULL, params TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,
  digest TEXT NOT NULL, br BLOB, gzip BLOB NOT NULL, quality INTEGER NOT NULL,
  reading BLOB NOT NULL,
  PRIMARY KEY (address, build)
)
"""
SCHEMA_OF_ROUTES = "CREATE TABLE IF NOT EXISTS routes (build TEXT PRIMARY KEY, written TEXT)"
KEEP = "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
COMPRESSED_AGAIN = (
    "UPDATE page SET br = ?, quality = ? WHERE address = ? AND build = ? AND digest = ?"
)
READ = "SELECT reading FROM page WHERE address = ? AND build = ? AND made_at <= ? AND until > ?"
RENEW = "UPDATE page SET edition = ? WHERE address = ? AND build = ? AND reading = ?"
_FIND_BROTLI = (
    "SELECT edition, params, status, headers, digest, coalesce(br, gzip), made_at, until,"
    " br IS NOT NULL, quality FROM page WHERE address = ? AND build = ?"
)
_FIND_GZIP = (
    "SELECT edition, params, status, headers, digest, gzip, made_at, until, 0,"
    " quality FROM page WHERE address = ? AND build = ?"
)
FIND = {BROTLI: _FIND_BROTLI, GZIP: _FIND_GZIP, IDENTITY: _FIND_GZIP}
