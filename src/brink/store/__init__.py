"""A ledger in a database: a SQLite file, PostgreSQL, or memory.

Goes in: coded reports, rejections, happenings, decisions by hand, and an address (`open_store`). Comes out: the same,
as of today or as of a past publication day; search, counts, a copy of it all. Raises StoreError, in one sentence.

Every transaction happens wholly or not at all, and what is entered again changes nothing. One writer works at a time,
readers at any time.
"""

from brink.store.address import default_address, shown_address
from brink.store.alerts import Alert, Alerts, Delivery
from brink.store.book import Book
from brink.store.counting import Counts
from brink.store.crises import KeptCrisis
from brink.store.database import CACHE
from brink.store.feeds import Again, Feeds, FeedState, Hold, Polled, Shown, Waiting
from brink.store.laid import LaidHappening, LaidReport, Laying, Step
from brink.store.news import News
from brink.store.offered import OfferedCrisis
from brink.store.reading import Version
from brink.store.search import Found
from brink.store.store import Store, open_store
from brink.store.words import sha as text_sha

__all__ = [
    "CACHE",
    "Again",
    "Alert",
    "Alerts",
    "Book",
    "Counts",
    "Delivery",
    "FeedState",
    "Feeds",
    "Found",
    "Hold",
    "KeptCrisis",
    "LaidHappening",
    "LaidReport",
    "Laying",
    "News",
    "OfferedCrisis",
    "Polled",
    "Shown",
    "Step",
    "Store",
    "Version",
    "Waiting",
    "default_address",
    "open_store",
    "shown_address",
    "text_sha",
]
