"""Why a backup, a restore or a proof did not happen, told to whoever looks after the server."""


class BackupError(Exception):
    """Something about a backup cannot be done; the message says what and what to do."""


class CannotBackUp(BackupError):
    """No new backup was made; earlier ones are untouched."""


class BadBackup(BackupError):
    """The file is no backup of ours, is damaged, or does not hold what it says."""


class CannotRestore(BackupError):
    """Nothing was restored; the target is as empty as before."""
