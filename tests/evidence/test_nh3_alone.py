"""bleach gets no more releases: on the day it is taken out, nh3 alone keeps every promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence import sanitise as module
from explainer.evidence.sanitise import sanitise
from tests.evidence.nh3_alone import NH3Alone
from tests.evidence.test_coverage import case_files
from tests.evidence.test_sanitise import PAYLOADS, foreign, rendered


@pytest.fixture(autouse=True, scope="module")
def _without_bleach():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "Cleaner", NH3Alone)
        yield


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_passes(payload: str) -> None:
    assert foreign(sanitise(payload)) == []


def test_our_own_html_passes_unchanged() -> None:
    texts = [text for _, text, _ in case_files()]

    assert [text for text in texts if sanitise(rendered(text)) != rendered(text)] == []
    assert len(texts) >= 100


@given(st.text(max_size=300))
def test_sanitising_twice_is_sanitising_once(html: str) -> None:
    once = sanitise(html)

    assert sanitise(once) == once
    assert foreign(once) == []
