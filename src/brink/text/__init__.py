"""Text: a `Report` goes in, a `TextLayout` comes out; the stored text is never altered.

`layout(report)` finds paragraphs, the dateline, the furniture of the page, the signature and the sentences. It raises
nothing: any text has a layout, an empty one has an empty layout.
"""

from __future__ import annotations

from brink.text.layout import layout

__all__ = ["layout"]
