"""Azetta's command line from a checkout: `python build.py` builds everything, with `--help` it says the rest."""

import os
import sys

try:
    from graph.start import main
except KeyboardInterrupt:  # sooner than it can be caught there
    os.write(2, b"Interrupted\n")
    os._exit(130)

if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as exc:
        sys.exit(f"The Python package {exc.name} is missing. In a virtual environment: python -m pip install -e .")
