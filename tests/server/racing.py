"""Eight people save the same draft at once, each in a process and a connection of their own.

`python -m tests.server.racing` prints the figures for the database of DATABASE_URL (a
fresh one: it is migrated and filled). With a name as argument it is one of the savers.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAVERS = 8
SAVES = 25


@dataclass(frozen=True)
class Race:
    """What came of it: texts that were accepted, those that were stored, refusals, seconds."""

    accepted: list[str]
    stored: list[str]
    final: str
    count: int
    refused: int
    failed: list[str]
    seconds: float
    longest: float


def race(environment: dict[str, str], savers: int = SAVERS, saves: int = SAVES) -> Race:
    """Fill a fresh database, let the savers go, and read what is there afterwards."""
    environment = {**os.environ, **environment, "SAVES": str(saves)}
    _run("prepare", environment)
    began = time.monotonic()
    running = [
        subprocess.Popen(_line(f"saver{n}"), cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for n in range(savers)
    ]
    results = [json.loads(process.communicate()[0]) for process in running]
    seconds = time.monotonic() - began
    after = json.loads(_run("read", environment))
    return Race(
        accepted=[text for saver in results for text in saver["accepted"]],
        stored=after["stored"],
        final=after["final"],
        count=after["count"],
        refused=sum(saver["refused"] for saver in results),
        failed=[error for saver in results for error in saver["failed"]],
        seconds=seconds,
        longest=max(saver["longest"] for saver in results),
    )


def _line(who: str) -> list[str]:
    return [sys.executable, "-m", "tests.server.racing", who]


def _run(who: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        _line(who), cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    return done.stdout


def _prepare() -> None:
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from explainer.library import drafts
    from tests.library import shelf

    call_command("migrate", verbosity=0)
    shelf.treatment()
    public = shelf.claim_draft(note="First.")
    shelf.publish(public)
    for number in range(SAVERS):
        saver = User.objects.create_user(f"saver{number}", is_staff=True)
        saver.groups.set(Group.objects.filter(name="author"))
    actor = User.objects.get(username="saver0")
    drafts.start(document=public.document, actor=actor, now=shelf.NOON)


def _save(name: str) -> dict[str, object]:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from explainer.library import drafts
    from explainer.library.models import Revision

    me = User.objects.get(username=name)
    accepted: list[str] = []
    failed: list[str] = []
    refused, longest = 0, 0.0
    while len(accepted) + len(failed) < int(os.environ["SAVES"]):
        draft = Revision.objects.open().select_related("document").get()
        # Somebody who writes for a moment: so that the others have their turn in between.
        time.sleep(0.003)
        text, began = f"{name} says {len(accepted)}.", time.monotonic()
        try:
            drafts.save(
                revision=draft,
                expected=draft.lock_version,
                fields={"why": text},
                actor=me,
                now=timezone.now(),
            )
            accepted.append(text)
        except drafts.Conflict:
            refused += 1
        except Exception as error:  # noqa: BLE001 - reported to the parent process
            failed.append(repr(error))
        longest = max(longest, time.monotonic() - began)
    return {"accepted": accepted, "refused": refused, "failed": failed, "longest": longest}


def _read() -> dict[str, object]:
    from explainer.library.models import Revision, Save

    draft = Revision.objects.open().get()
    saves = Save.objects.filter(lock_version__gt=0).order_by("lock_version")
    return {
        "stored": [save.fields["why"] for save in saves],
        "final": draft.fields["why"],
        "count": draft.lock_version,
    }


def _as_somebody(who: str) -> None:
    import django

    django.setup()
    if who == "prepare":
        _prepare()
    elif who == "read":
        print(json.dumps(_read()))
    else:
        print(json.dumps(_save(who)))


def _print_figures() -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = race({"VAR_DIR": folder})
    print(
        f"{len(done.accepted)} saves accepted by {SAVERS} processes in {done.seconds:.1f} s, "
        f"{done.refused} refused as conflicts, {len(done.failed)} failed; "
        f"{len(done.stored)} stored; longest save {done.longest * 1000:.0f} ms"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    if len(sys.argv) > 1:
        _as_somebody(sys.argv[1])
    else:
        _print_figures()
