"""The five lines of the front page, README.md, as they stand there, and what they are said to show."""

import re

import ebmcheck
import pytest

page = open("FRONT.md", encoding="utf-8").read().split("## Your own loss, in five lines", 1)[1]
mine = {}
exec(re.search("```python\n(.*?)```", page, re.S)[1], mine)
shown = [line.strip() for line in re.search("\n\n((?:    .*\n)+)", page.split("```")[2])[1].splitlines()]


def test_front_page():
    with pytest.raises(ebmcheck.Failed) as failed:
        mine["test_my_hinge"]()
    said = [line.strip() for line in str(failed.value).splitlines()]
    assert len(shown) == 7 and said[said.index(shown[0]):][:7] == shown
