"""The example of adapters/README.md, as it stands there."""

import re

page = open("README.md", encoding="utf-8").read().split("## A function, where it is", 1)[1]
exec(re.search("```python\n(.*?)```", page, re.S)[1])
