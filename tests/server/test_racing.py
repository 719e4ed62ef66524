"""No save is lost, however many people save the same draft at once."""

from tests.server.racing import SAVERS, race


def test_every_accepted_save_is_stored_and_every_other_is_refused(fresh):
    done = race(fresh, saves=10)

    assert done.failed == []
    assert len(done.accepted) == SAVERS * 10 == done.count
    assert sorted(done.stored) == sorted(done.accepted)
    assert done.final == done.stored[-1]
    assert done.refused > 0
