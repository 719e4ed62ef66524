"""What one live answer costs the server, for the longest article and new words each time.

Run: .venv/bin/python -m tests.benchmarks.live_text
Asks the database of the environment, which has content loaded (`manage.py load_content`); stores
nothing. Prints CPU milliseconds of each answer: the first pays for what an edition is read once.
"""

import os
import time

import django

ANSWERS = 8


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    django.setup()
    from explainer.editor.live import FIELDS, examine
    from explainer.kinds import ARTICLE
    from explainer.library.models import Revision

    rows = Revision.objects.published().of(ARTICLE).select_related("document")
    longest = max(rows, key=lambda row: len(row.fields["body"]))
    key, texts = longest.document.key, {name: longest.fields[name] for name in FIELDS}
    print(f"{key}: {len(texts['body'])} characters")
    for number in range(ANSWERS):
        typed = {**texts, "body": f"{texts['body']}\n\nNew words, {number} of them."}
        begun = time.process_time()
        examine(typed, article=key)
        print(f"{(time.process_time() - begun) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
