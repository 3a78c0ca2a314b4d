import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

project = "Shop"
html_theme = "furo"
extensions = ["plimsoll"]
plimsoll_embed = "https://plimsoll.example/embed.js"
