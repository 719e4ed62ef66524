"""The table of addresses: who may open each, and who may post to it."""

from dataclasses import dataclass, replace

ALL = "everybody"
STAFF = frozenset({"staff", "author", "reviewer", "publisher", "administrator"})
AUTHOR = frozenset({"author"})
REVIEWER = frozenset({"reviewer"})
PUBLISHER = frozenset({"publisher"})
ADMINISTRATOR = frozenset({"administrator"})
DESK = AUTHOR | REVIEWER | PUBLISHER
NOBODY: frozenset[str] = frozenset()
READERS = frozenset({ALL})
MARKER = "These words wait for a colleague"


@dataclass(frozen=True)
class Row:
    """An example of an address, and the roles that may open it and post to it.

    `leads_out` marks an address that sends whoever may use it to the log-in page.
    """

    at: str
    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    leads_out: bool = False


def _lists() -> dict[str, "Row"]:
    """The stock lists: all staff read them; their own add, change and delete lead to the desk."""
    rows = {}
    for kind in ("claim", "article", "source", "glossaryterm", "record", "treatment"):
        at = f"/admin/library/{kind}/"
        stock = f"admin/library/{kind}/"
        rows[stock] = Row(at, get=STAFF)
        for last in ("add/", "<path:object_id>/delete/"):
            rows[f"{stock}{last}"] = Row(f"{at}{last.replace('<path:object_id>', '1')}")
        for last in ("history", "change"):
            rows[f"{stock}<path:object_id>/{last}/"] = Row(f"{at}1/{last}/", get=STAFF)
        rows[f"{stock}<path:object_id>/"] = Row(f"{at}1/", get=STAFF)
    return rows


def _users() -> dict[str, "Row"]:
    """Accounts: administrators alone, after giving their password again."""
    at, stock = "/admin/auth/user/", "admin/auth/user/"
    both = {"get": ADMINISTRATOR, "post": ADMINISTRATOR}
    return {
        stock: Row(at, **both),
        f"{stock}add/": Row(f"{at}add/", **both),
        f"{stock}<id>/password/": Row(f"{at}1/password/", **both),
        f"{stock}<path:object_id>/history/": Row(f"{at}1/history/", **both),
        f"{stock}<path:object_id>/delete/": Row(f"{at}1/delete/"),
        f"{stock}<path:object_id>/change/": Row(f"{at}1/change/", **both),
        f"{stock}<path:object_id>/": Row(f"{at}1/", **both),
    }


def _entry() -> dict[str, "Row"]:
    """Logging in and one's own factor."""
    at, stock = "/admin/account/", "admin/account/"
    own = ("password/", "reauthenticate/", "factor/reauthenticate/", "factor/app/remove/")
    own += ("factor/codes/new/", "factor/app/")
    return {
        f"{stock}login/": Row(f"{at}login/", get=READERS, post=READERS),
        f"{stock}logout/": Row(f"{at}logout/", READERS, READERS, leads_out=True),
        f"{stock}factor/": Row(f"{at}factor/", get=STAFF),
        f"{stock}factor/authenticate/": Row(f"{at}factor/authenticate/", get=READERS, post=READERS),
        f"{stock}factor/app/qr.svg": Row(f"{at}factor/app/qr.svg", get=STAFF),
        f"{stock}factor/codes/": Row(f"{at}factor/codes/", get=STAFF),
        **{f"{stock}{own}": Row(f"{at}{own}", get=STAFF, post=STAFF) for own in own},
        # Django's own, which lead to ours and do nothing themselves.
        "admin/password_change/": Row("/admin/password_change/", READERS, leads_out=True),
        "admin/password_change/done/": Row("/admin/password_change/done/", get=STAFF),
        "admin/login/": Row("/admin/login/", get=READERS, post=READERS),
        "admin/logout/": Row("/admin/logout/", NOBODY, READERS, leads_out=True),
    }


CLAIM, HIDDEN = "claims/t/hope", "claims/t/hidden"
FILE = "0" * 32
_DESK = {
    "history/<subject:name>/": Row(f"history/{HIDDEN}/", get=STAFF),
    "history/<subject:name>/<int:number>/": Row(f"history/{HIDDEN}/1/", get=STAFF),
    "history/<subject:name>/<int:number>/save/<int:count>/": Row(
        f"history/{HIDDEN}/1/save/0/", get=STAFF
    ),
    "past/": Row("past/", get=STAFF),
    "audit/": Row("audit/", get=ADMINISTRATOR),
    "edit/<subject:name>/": Row(f"edit/{HIDDEN}/", get=STAFF, post=AUTHOR),
    "start/<subject:name>/": Row(f"start/{CLAIM}/", post=AUTHOR),
    "proposals/<subject:name>/": Row(f"proposals/{HIDDEN}/", get=AUTHOR, post=AUTHOR),
    "discard/<subject:name>/": Row(f"discard/{HIDDEN}/", post=AUTHOR),
    "new/<slug:part>/": Row("new/claims/", get=AUTHOR, post=AUTHOR),
    "live/claim/": Row("live/claim/", post=AUTHOR),
    "live/new-claim/": Row("live/new-claim/", post=AUTHOR),
    "live/paste/": Row("live/paste/", post=AUTHOR),
    "live/text/": Row("live/text/", post=AUTHOR),
    "live/proposals/": Row("live/proposals/", post=AUTHOR),
    "live/claims/": Row("live/claims/?q=hair", get=AUTHOR),
    "live/token/": Row("live/token/", get=AUTHOR),
    "find/": Row("find/?q=hope", get=STAFF),
    "letters/": Row("letters/", get=STAFF, post=STAFF),
    "guide/": Row("guide/", get=STAFF),
    "styles/": Row("styles/", get=STAFF),
    "images/": Row("images/", get=STAFF, post=AUTHOR),
    "images/upload/": Row("images/upload/", post=AUTHOR),
    r"^images/(?P<key>[0-9a-f]{32})/\Z": Row(f"images/{FILE}/", get=STAFF, post=AUTHOR),
    r"^images/(?P<key>[0-9a-f]{32})/file\Z": Row(f"images/{FILE}/file", get=STAFF),
    "review/<subject:name>/": Row(f"review/{HIDDEN}/", get=STAFF, post=DESK),
    "withdraw/<subject:name>/": Row(f"withdraw/{CLAIM}/", get=PUBLISHER, post=PUBLISHER),
    "caution/<subject:name>/": Row(f"caution/{CLAIM}/", get=PUBLISHER, post=PUBLISHER),
}
_READING = {
    "healthz": "/healthz",
    "readyz": "/readyz",
    "favicon.ico": "/favicon.ico",
    ".well-known/security.txt": "/.well-known/security.txt",
    "": "/",
    "<path:page>.md": "/claims/t/hidden.md",
    "llms.txt": "/llms.txt",
    "claims.json": "/claims.json",
    "claims.schema.json": "/claims.schema.json",
    "claims/<slug:treatment>/<slug:slug>.json": "/claims/t/hidden.json",
    "robots.txt": "/robots.txt",
    "sitemap.xml": "/sitemap.xml",
    "changes/": "/changes/",
    "changes.atom": "/changes.atom",
    r"^images/(?P<key>[0-9a-f]{32})\.(?P<extension>png|jpg|webp)\Z": f"/images/{FILE}.png",
    r"^cards/(?P<key>[0-9a-f]{32})\.png\Z": f"/cards/{FILE}.png",
    "site.webmanifest": "/site.webmanifest",
    "search/": "/search/?q=hair",
    "search/names.json": "/search/names.json?q=hair",
    "claims/": "/claims/",
    "claims/map/": "/claims/map/",
    "claims/<slug:treatment>/<slug:slug>/": "/claims/t/hidden/",
    "sources/": "/sources/",
    "sources/<slug:key>/": "/sources/clinic-a/",
    "glossary/": "/glossary/",
    "questions/<slug:treatment>/": "/questions/t/",
    "records/": "/records/",
    "records/<key:key>/": "/records/t/warning/",
    "bag/": "/bag/?c=t/hidden",
    "past/<str:day>/": "/past/2026-01-02/",
    "past/<str:day>/<path:address>": "/past/2026-01-02/claims/t/hidden/",
    "did-i-read-it-right/": "/did-i-read-it-right/",
    "<slug:name>/": "/t/",
    "<slug:name>/<slug:topic>/": "/t/safety/",
}

ADDRESSES: dict[str, Row] = {
    **_lists(),
    **_users(),
    **_entry(),
    **{
        f"admin/desk/{pattern}": replace(row, at=f"/admin/desk/{row.at}")
        for pattern, row in _DESK.items()
    },
    **{pattern: Row(at, get=READERS) for pattern, at in _READING.items()},
    "where-do-i-stand/": Row("/where-do-i-stand/", get=READERS, post=READERS),
    "check/": Row("/check/", get=READERS, post=READERS),
    "admin/": Row("/admin/", get=STAFF, post=STAFF),
    "admin/invite/": Row("/admin/invite/", get=ADMINISTRATOR, post=ADMINISTRATOR),
    # A link that nobody sent is no page, to whoever asks.
    "admin/welcome/<int:number>/<str:token>/": Row("/admin/welcome/1/no-token/", READERS, READERS),
    "admin/autocomplete/": Row(
        "/admin/autocomplete/?app_label=library&model_name=position&field_name=source&term=a",
        get=STAFF,
    ),
    "admin/jsi18n/": Row("/admin/jsi18n/", get=STAFF),
    "admin/r/<path:content_type_id>/<path:object_id>/": Row("/admin/r/1/1/", get=STAFF),
    r"admin/^(?P<app_label>auth|library)/$": Row("/admin/library/", get=STAFF, post=STAFF),
    "admin/(?P<url>.*)$": Row("/admin/nothing-here/", get=STAFF),
}
