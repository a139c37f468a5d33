"""An item of a feed -> a Report: its own words where they are the whole text, else the page that it links to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from brink.errors import Reason, ReportError
from brink.intake import dates
from brink.intake.drafts import Draft, IntakeOptions, report_of
from brink.intake.feeds import AHEAD, Item
from brink.intake.pages import single
from brink.intake.sources import source_of
from brink.records import Report

if TYPE_CHECKING:
    from brink.http import Page


def article(item: Item, outlet: str | None, options: IntakeOptions, page: Page | None = None) -> Report:
    """The report that an item becomes; `outlet` is the feed's name, `page` what its link led to, where it was followed.

    Raises ReportError with its reason if it becomes none.
    """
    if page is None:
        draft = Draft(item.text or item.title or "", item.id, item.link, outlet, item.title, item.published)
    else:
        found = single(source_of(page), options)
        draft = replace(
            found,
            id=item.id,
            url=found.url or item.link,
            outlet=outlet or found.outlet,
            title=item.title or found.title,
            published=item.published or _past(found.published),
        )
    return report_of(draft, options)


def _past(published: str | None) -> str | None:
    """A page's own date, None where it lies ahead: no rule of intake believes that."""
    if published is None:
        return None
    try:
        told, _ = dates.published(published)
    except ValueError as error:
        raise ReportError(Reason.BAD_DATE, f"The publication date {error}") from None
    return published if told <= (datetime.now(UTC) + AHEAD).date() else None
