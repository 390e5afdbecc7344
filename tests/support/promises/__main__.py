"""Write docs/promises.md."""

from tests.support.promises import PAGE, page

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
