"""A small invented content folder, and the real one read once."""

from functools import cache
from pathlib import Path

from django.conf import settings

from explainer.files.check import Check, check

TREATMENT = """---
name: Red light
also:
  - Laser cap
products:
  lamp: A lamp held over the head
  cap: A cap with lights inside
summary: "[](claim:red-light/slows-loss)"
---
## Does it work?

[](claim:red-light/slows-loss)

[](claim:red-light/all-hair-back)

::: guidance
Ask the seller which trial used the same lamp.
:::
"""

TRIAL = """---
title: A small trial of a lamp
authors: A Person
kind: trial
year: 2020
url: https://trials.example/lamp
doi: 10.1000/lamp
sells_treatment: false
seen: abstract
---
A trial in 40 people. Half of them used a lamp that was off.
"""

SELLER = """---
title: "A shop's page: lamps"
kind: clinic
sells_treatment: true
seen: full
---
A page by a shop that sells lamps. It names no study.
"""

SLOWS_LOSS = """---
name: Slower hair loss
statement: Red light might slow hair loss in some people.
topic: mechanism
kind: effect
bearing: promise
product: lamp
positions:
  - source: lamp-trial
    level: plausible
    finding: supports
    says: Saw a little more hair in those who used the lamp.
  - source: lamp-shop
    level: plausible
    finding: asserts
    says: Says that the lamp wakes up the hair.
would_change: A large trial that finds no effect.
---
One small trial saw a little more hair. No large trial has looked.
"""

ALL_HAIR_BACK = """---
name: All hair back
statement: Lamp sellers say that *red light brings all hair back*, but no study we found shows it.
topic: faq
kind: effect
bearing: promise
reason: not-studied
looked:
  date: 2026-11-20
  for: trials of red light in which hair came back
positions:
  - source: lamp-shop
    level: unsupported
    finding: asserts
    says: Says that all hair comes back.
would_change: A trial in which all hair came back.
ask: In how many people was this seen, and who counted?
---
The shop gives no figures. The one trial saw a small change.
"""

EYE_HARM = """---
name: Sore eyes
statement: Red light can hurt the eyes of people who look into the lamp.
topic: safety
kind: harm
bearing: warning
positions:
  - source: lamp-trial
    level: plausible
    finding: reports
    says: Two people had sore eyes for a day.
would_change: A count of sore eyes in a large trial.
---
Two people in one trial had sore eyes. They got better in a day.
"""

SAFETY = """---
title: Is red light safe?
summary: "[](claim:red-light/eye-harm)"
---
## What was seen?

[](claim:red-light/eye-harm)

::: reported lamp-shop
The shop tells people to wear dark glasses.
:::
"""

TERM = """---
term: lamp head
also:
  - light head
---
The part of a lamp that shines.
"""

NOTES = """---
title: Notes
summary: "[These notes say how the lamps were read.](background:)"
---
## What is this?

::: background
These are notes about lamps.
:::
"""

THIRD_TREATMENT = {
    "treatments/red-light.md": TREATMENT,
    "sources/lamp-trial.md": TRIAL,
    "sources/lamp-shop.md": SELLER,
    "claims/red-light/slows-loss.md": SLOWS_LOSS,
    "claims/red-light/all-hair-back.md": ALL_HAIR_BACK,
    "claims/red-light/eye-harm.md": EYE_HARM,
    "articles/red-light/safety.md": SAFETY,
    "glossary/lamp-head.md": TERM,
}
"""Everything it takes to add a treatment."""

SMALL = {**THIRD_TREATMENT, "pages/notes.md": NOTES}
"""One file of every kind."""


def fill(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder; give the folder."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def said(found) -> list[str]:
    """Give findings as an author reads them."""
    return [str(finding) for finding in found]


@cache
def real_check() -> Check:
    """Check the content that ships, once a run."""
    return check(Path(settings.CONTENT_DIR))
