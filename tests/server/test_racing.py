"""No save is lost, however many people save the same draft at once."""

from tests.server.racing import SAVERS, race


def test_every_accepted_save_is_kept_and_every_other_is_refused(fresh):
    done = race(fresh, saves=10)

    assert done.failed == []
    assert len(done.accepted) == SAVERS * 10 == done.count
    assert sorted(done.kept) == sorted(done.accepted)
    assert done.final == done.kept[-1]
    assert done.refused > 0
