"""Every exception that Brink raises on purpose.

::

    BrinkError                 anything below; the command line prints its one sentence and exits non-zero
    ├── UsageError             the caller asked for something that cannot be done (bad option, unknown setting)
    │   └── SettingError       a setting has an unknown name or a value of the wrong type
    ├── ReportError            one input cannot become a report; carries an enum reason, becomes a Rejection
    ├── FetchError             a page could not be fetched; carries an enum reason, becomes a Rejection
    ├── RegisterError          a register of office holders cannot be read
    ├── CrisisError            a crisis file cannot be read or contradicts itself
    ├── RulesError             a file of alert rules cannot be read or says something odd
    ├── DeliveryError          an alert could not be sent on one way; it is kept and tried again
    ├── CodebookError          a codebook table, or a name looked up in one, is wrong
    ├── StoreError             the database of a ledger cannot be opened, read or written
    ├── BulkError              a dataset cannot be written, read or belongs to other inputs
    ├── ApiError               a server of `brink serve` refused what its client asked
    ├── TypesError             own event types: a file cannot be read, or was fitted to another model
    └── ModelError             the weights or their card are missing, damaged or do not fit each other

A message says what was expected, what came and what to do, in one sentence.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why an input was refused; the value stands in a `Rejection` and in stored counts."""

    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    BROKEN_ARCHIVE = "broken_archive"
    BROKEN_JSON = "broken_json"
    BROKEN_FEED = "broken_feed"
    MISSING_FIELD = "missing_field"
    BAD_DATE = "bad_date"
    NO_ARTICLE = "no_article"
    LANGUAGE = "language"
    NOT_FOUND = "not_found"
    PRIVATE_ADDRESS = "private_address"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"
    ROBOTS = "robots"
    HTTP_STATUS = "http_status"
    CONTENT_TYPE = "content_type"
    BAD_URL = "bad_url"
    FAULT = "fault"


class BrinkError(Exception):
    """Base of all of Brink's own errors; `str(error)` is one sentence for a person."""


class UsageError(BrinkError):
    """The caller asked for something that cannot be done."""


class SettingError(UsageError):
    """A setting has an unknown name or a value of the wrong type."""


class ReportError(BrinkError):
    """One input cannot become a report."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class FetchError(ReportError):
    """A page could not be fetched."""


class RegisterError(BrinkError):
    """A register of office holders cannot be read."""


class CrisisError(BrinkError):
    """A crisis file cannot be read or contradicts itself."""


class RulesError(BrinkError):
    """A file of alert rules cannot be read or says something odd."""


class DeliveryError(BrinkError):
    """An alert could not be sent on one of its ways."""


class CodebookError(BrinkError):
    """A codebook table, or a name looked up in one, is wrong."""


class StoreError(BrinkError):
    """The database of a ledger, or a file that holds one, cannot be opened, read or written."""


class BulkError(BrinkError):
    """A dataset cannot be written or read, or was made of other inputs or by another coder."""


class ApiError(BrinkError):
    """A server refused: `status` is HTTP's, `code` the API's, and the message its sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class TypesError(BrinkError):
    """A file of own event types, or of examples for one, cannot be read or fits another model."""


class ModelError(BrinkError):
    """The weights or their card are missing, damaged or do not fit each other."""
