"""Brink turns news reports into a sourced record of a crisis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from brink.client import Client

__version__ = "0.1.0"
__all__ = ["Client", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the client only for those who want it."""
    if name == "Client":
        from brink.client import Client

        return Client
    raise AttributeError(f"module 'brink' has no attribute '{name}'")
