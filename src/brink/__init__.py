"""Brink turns news reports into a sourced record of a crisis."""

from __future__ import annotations

__version__ = "0.1.0"
