"""Which content folder was loaded last, so that the same files are not read and judged again.

A load that left nothing to settle is remembered by the bytes of all files, the code that judged
them, and the last change of the database that took them. What staff do afterwards changes nothing
about files that are the same.
"""

from pathlib import Path

from explainer.files.fingerprint import Note, fingerprint, note_file
from explainer.files.sync import Loaded
from explainer.library.models import Change


def files_as_loaded(folder: Path) -> int:
    """Say how many files a folder has if all are as when it was loaded last; 0 if not."""
    note = Note.read()
    try:
        same = note is not None and note.fingerprint == fingerprint(folder)
    except OSError:
        same = False  # Reading all of them tells which.
    if note is None or not same:
        return 0
    last = Change.objects.filter(number=note.number).values_list("at", flat=True).first()
    return note.files if last and last.isoformat() == note.at else 0


def remember(folder: Path, loaded: Loaded) -> None:
    """Note what was loaded, unless staff have something to settle or only the form differs."""
    note_file().unlink(missing_ok=True)
    last = Change.objects.order_by("-number").first()
    if last and not (loaded.conflicts or loaded.alike):
        files = len(loaded.written) + len(loaded.unchanged)
        Note(fingerprint(folder), files, last.number, last.at.isoformat()).write()
