"""`python -m briefgen.cli`: the command line without its script."""

from briefgen.cli import main

main()
