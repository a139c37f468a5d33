"""Alerts out: rules held against the ledger, one alert for each happening that rewrites itself, ways on which it goes.

`load_rules` reads a rules file; `note(desk, scene)` keeps new alerts and new wordings in the ledger; `send_due(desk)`
sends what is due, and `keep_sending` goes on with it; `revised(known, rules, scene)` only tells what would be raised or
rewritten. Raises RulesError where a rules file is wrong, StoreError where the ledger cannot be used; a way out that
fails is noted and tried again.

    rules      the rules file
    matching   which rules happenings and bands meet
    wording    what an alert says, in the brief's words
    book       new alerts and new wordings
    ways       standard output, webhook, e-mail, Atom
    sending    quiet hours, rate limit, retries
"""

from brink.deliver.book import Scene, revised
from brink.deliver.rules import Rules, load_rules
from brink.deliver.sending import Desk, keep_sending, note, send_due
from brink.deliver.ways import payload, signature
from brink.deliver.wording import plain_text

__all__ = [
    "Desk", "Rules", "Scene", "keep_sending", "load_rules", "note", "payload", "plain_text", "revised", "send_due",
    "signature",
]  # fmt: skip
