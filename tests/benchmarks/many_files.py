"""What loading many content files takes when none changed, against reading and checking them.

Run: .venv/bin/python -m tests.benchmarks.many_files [FILES]
Fills a fresh SQLite database with content/ and copies of its articles and claims as `growth` does,
until they make so many files (10,000), and dumps them into a folder. Seconds of CPU. The copies
have words that mean nothing, which a load would refuse, so the folder is noted as loaded without a
load; what is measured is `load_content` as it starts with such a note. Exits with 1 if it misses.
"""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.growth import Copies, grow, setup
from tests.benchmarks.made_pages import AGAIN, milliseconds, several

STEP = 200  # articles


def dumped(folder: Path, files: int) -> int:
    """Write a folder of at least so many files, and give how many they are."""
    from django.core.management import call_command

    from explainer.files.sync import dump
    from explainer.kinds import ARTICLE
    from explainer.library.models import Document

    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    rows = Document.objects.filter(kind=ARTICLE, key__contains="/").select_related("live")
    copies, articles = Copies(list(rows)), 0
    while Document.objects.count() < files:
        articles += STEP
        grow(copies, articles)
    return len(dump(folder))


def main(files: int, folder: Path) -> None:
    from django.core.management import call_command
    from django.test import override_settings

    from explainer.files.check import check
    from explainer.files.remembered import remember
    from explainer.files.sync import Loaded

    count = dumped(folder, files)
    parsed = milliseconds(lambda: check(folder)) / 1000
    remember(folder, Loaded(unchanged=[""] * count))
    with override_settings(CONTENT_DIR=folder):
        again = several(lambda: call_command("load_content", verbosity=0), 5) / 1000
    print(f"\n| Loading {count:,} files | s of CPU | of parsing |\n|---|---|---|")
    print(f"| read and checked | {parsed:.1f} | |")
    print(f"| loaded when nothing changed | {again:.2f} | {again / parsed:.4f} (goal {AGAIN}) |")
    sys.exit("More than the goal" if again > AGAIN * parsed else 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        (Path(temporary) / "var").mkdir()
        setup(Path(temporary) / "var")
        main(int(sys.argv[1]) if sys.argv[1:] else 10_000, Path(temporary) / "content")
