"""Prints what has Poetry ask the index that pip asks."""

import json

from pip._internal.commands import create_command

index = create_command("download").parser.get_default_values().index_url
print(f"[plugins.pypi_mirror]\nurl = {json.dumps(index)}")
