"""`python -m tests.support.studio_pictures`: all pictures of the guide to the studio, made anew."""

from tests.support.studio_pictures.making import main

if __name__ == "__main__":
    main()
