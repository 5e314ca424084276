"""Azetta's command line from a checkout: `python build.py` builds everything, with `--help` it says the rest."""

import sys

from graph.start import main

if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as exc:
        sys.exit(f"The Python package {exc.name} is missing. In a virtual environment: python -m pip install -e .")
