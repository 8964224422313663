"""`python -m briefgen`: the command line without its script."""

from briefgen.cli import main

main()
