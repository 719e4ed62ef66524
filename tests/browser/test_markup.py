"""Every public page passes the Nu HTML checker."""

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.sweeps.test_every_page import TABLE_ROLES

ROLES = re.compile(
    "|".join(
        f"The “{role}” role is unnecessary for element “{element}”"
        f"|The “role” attribute must not be used on a “{element}” element which has a “table”"
        for element, role in TABLE_ROLES
    )
)
"""A narrow screen lays tables out as blocks; some browsers take their roles then: so they stay."""


def fetch(address: str) -> bytes:
    try:
        with urlopen(address) as answer:
            return bytes(answer.read())
    except HTTPError as answer:
        return bytes(answer.read())


def test_no_page_has_an_html_error(addresses: list[str], tmp_path: Path) -> None:
    jar = os.environ.get("VNU_JAR")
    if not jar:
        pytest.skip("VNU_JAR does not name the checker's jar; .ci/run fetches it.")
    for number, address in enumerate(addresses):
        (tmp_path / f"{number}.html").write_bytes(fetch(address))

    checked = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    told = json.loads(checked.stderr)["messages"]
    found = [message for message in told if not ROLES.match(message["message"])]
    messages = {f"{addresses[int(Path(m['url']).stem)]}: {m['message']}" for m in found}
    assert len(addresses) > 200
    assert messages == set(), "\n".join(sorted(messages))
