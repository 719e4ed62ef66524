"""The tests themselves: none of them can ask another machine."""

import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_a_test_that_asks_another_machine_fails(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET

    with (
        socket.socket(family) as asked,
        pytest.raises(BaseException, match="Tests reach this machine alone"),
    ):
        asked.connect((address, 443))
