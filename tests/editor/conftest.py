"""What tests of the editor begin with: the author, claim and article of the staff area."""

from tests.staff.conftest import ana, article, claim, desk_of_ana, document, images_folder

__all__ = ["ana", "article", "claim", "desk_of_ana", "document", "images_folder"]
