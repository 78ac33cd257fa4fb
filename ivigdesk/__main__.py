"""The door `python -m ivigdesk`."""

from ivigdesk.cli import main

if __name__ == "__main__":
    main()
