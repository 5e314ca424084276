"""Azetta's command line from a checkout: `python build.py` builds everything, `python build.py --help` says the rest."""

from graph.start import main

if __name__ == "__main__":
    main()
