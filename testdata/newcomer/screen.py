"""What somebody sees without scrolling."""

import unicodedata


def first_screen(failed, lines=24):
    """The first lines of what pytest shows of a check that failed, each within 80 columns."""
    shown = str(failed).split("\n")[:lines]
    assert [line for line in shown if sum(not unicodedata.combining(c) for c in line) > 80] == []
    return "\n".join(shown)
