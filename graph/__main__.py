"""`python -m graph`: the command line, where `azetta` is not on the path."""

from graph.start import main

if __name__ == "__main__":
    main()
