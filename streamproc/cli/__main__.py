"""`python -m streamproc.cli`: how the supervisor and the demo start the command line, without looking for a script."""

from streamproc.cli.main import main

if __name__ == "__main__":
    main()
