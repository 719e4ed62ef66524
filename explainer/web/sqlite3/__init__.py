"""Django's SQLite, which never writes into a file that is not there any more."""
