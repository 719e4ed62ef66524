"""The desk of a test of review: what tests of the staff area begin with."""

from tests.staff.conftest import ana, article, claim, desk_of_ana, document

__all__ = ["ana", "article", "claim", "desk_of_ana", "document"]
