"""The library that our content makes is sound, and all of it was looked at."""

from django.utils import timezone

from explainer.operations import integrity


def test_our_own_content_makes_a_library_without_a_fault(content):
    with content():
        found = integrity.survey(at=timezone.now())

    assert [str(fault) for fault in found.faults] == []
    assert found.counted["triggers"] >= 27
    assert found.counted["versions"] > 600
    assert found.counted["pages"] > 500
    assert found.counted["links"] > 40
