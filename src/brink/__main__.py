"""`python -m brink`: the command line."""

from brink.cli import main

main()
