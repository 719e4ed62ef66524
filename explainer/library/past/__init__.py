"""What a public page showed at a moment: its words, labels and versions (requirement D10).

Read from the versions that were public then, and rendered as pages are rendered
today. The frame of a page and its links to others are left out; so is what only
changes are told by, which is never taken back.
"""

from explainer.library.past.asked import NotKept, moment, page_on
from explainer.library.past.shown import PastClaim, PastPage, PastText

__all__ = ["NotKept", "PastClaim", "PastPage", "PastText", "moment", "page_on"]
