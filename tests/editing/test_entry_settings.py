"""What the owner of a site may say about who gets in, and what is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.test_settings import PUBLIC, start

__all__ = ["start"]


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    for name in ("STAFF_SECOND_FACTOR", "STAFF_PATH", "STAFF_NETWORKS"):
        monkeypatch.delenv(name, raising=False)


def test_a_public_site_asks_for_a_second_factor_and_a_local_one_only_when_told(start):
    assert start(**PUBLIC)["STAFF_SECOND_FACTOR"] is True
    assert start()["STAFF_SECOND_FACTOR"] is False
    assert start(STAFF_SECOND_FACTOR="1")["STAFF_SECOND_FACTOR"] is True


def test_the_staffs_path_and_networks_can_be_set(start):
    found = start(STAFF_PATH="/desk/staff/", STAFF_NETWORKS="203.0.113.7, 2001:db8::/32")

    assert found["STAFF_PATH"] == "/desk/staff/"
    assert [str(one) for one in found["STAFF_NETWORKS"]] == ["203.0.113.7/32", "2001:db8::/32"]


@pytest.mark.parametrize(
    ("change", "value_place_and_cure"),
    [
        ({**PUBLIC, "STAFF_SECOND_FACTOR": "0"}, r"STAFF_SECOND_FACTOR is off.*FACTOR=1"),
        ({"STAFF_PATH": "admin"}, r"STAFF_PATH is 'admin'.*/admin/"),
        ({"STAFF_PATH": "/"}, r"STAFF_PATH is '/'"),
        ({"STAFF_NETWORKS": "clinic"}, r"STAFF_NETWORKS holds 'clinic'.*203\.0\.113\.7"),
        ({"STAFF_NETWORKS": "10.0.0.1/8"}, r"STAFF_NETWORKS holds '10\.0\.0\.1/8'.*host bits"),
    ],
)
def test_anything_else_stops_the_start(start, change, value_place_and_cure):
    with pytest.raises(ImproperlyConfigured, match=value_place_and_cure):
        start(**change)
