"""However many forms are on their way, there are threads left for readers."""

from threading import Barrier, Event, Thread

import pytest
from django.conf import settings
from django.http import HttpResponse

from explainer.web import middleware

FORMS = settings.FORMS_AT_ONCE
quick = middleware.forms_have_room(lambda _: HttpResponse())


@pytest.fixture
def no_room(rf):
    """As many forms as are taken in at once, none of which has come to its end."""
    inside, going = Barrier(FORMS + 1), Event()
    answer = middleware.forms_have_room(lambda _: (inside.wait(20), going.wait(20)))
    threads = [Thread(target=answer, args=(rf.post("/"),)) for _ in range(FORMS)]
    for thread in threads:
        thread.start()
    inside.wait(20)
    yield
    going.set()
    for thread in threads:
        thread.join()


def test_when_no_room_is_left_forms_are_put_off_and_readers_are_not(rf, no_room):
    refused = quick(rf.post("/"))

    assert (refused.status_code, refused["Retry-After"]) == (429, "5")
    assert b"what you typed is still there" in refused.content
    assert quick(rf.get("/")).status_code == 200


def test_a_form_that_breaks_leaves_its_room_to_the_next(rf):
    def fail(_):
        raise ValueError("broken")

    for _ in range(FORMS + 1):
        with pytest.raises(ValueError, match="broken"):
            middleware.forms_have_room(fail)(rf.post("/"))
    assert quick(rf.post("/")).status_code == 200
