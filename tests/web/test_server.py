"""The parent of the workers is asked to stop at any moment of what it does."""

from threading import Thread

import pytest

from explainer.web.server import Server


@pytest.mark.parametrize("handler", ["signal_handler_interrupt", "signal_handler_reload"])
def test_a_signal_is_taken_in_whatever_holds_the_lock_that_it_interrupts(handler):
    server = Server("127.0.0.1", 0, 2)

    with server.main_loop_interrupt._cond:
        asked = Thread(target=getattr(server, handler), daemon=True)
        asked.start()
        asked.join(timeout=5)

    assert not asked.is_alive()
    assert server.interrupt_signal or server.reload_signal


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_all_workers_together_fit_into_one_postgresql_server(workers):
    server = Server("127.0.0.1", 0, workers)

    assert 20 <= server.blocking_threads * server.workers < 100
