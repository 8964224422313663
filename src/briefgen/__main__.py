"""`python -m briefgen`: the command line without its script."""

from briefgen.start import main

main()
