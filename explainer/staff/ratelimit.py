"""How often one person may ask for the same thing: so many times in a spell.

Counts in the shared cache, so in all workers together; two requests in the same
moment may count as one. It keeps haste and broken scripts from slowing the site
for everybody; who guesses passwords is counted elsewhere.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Pace:
    """So many requests, and the seconds of the spell that begins with the first of them."""

    most: int
    seconds: int

    def wait(self, key: str, at: datetime) -> int:
        """Count a request; give the seconds to wait if it is one too many, else 0."""
        key = f"pace:{key}"
        begun, count = cache.get(key) or (at, 0)
        over = begun + timedelta(seconds=self.seconds)
        if at >= over:
            begun, count, over = at, 0, at + timedelta(seconds=self.seconds)
        left = max(1, math.ceil((over - at).total_seconds()))
        if count >= self.most:
            return left
        # Not `incr`: with a table as the cache it would start the key's time anew, so that the
        # spell of somebody who never pauses would never end.
        cache.set(key, (begun, count + 1), left)
        return 0
