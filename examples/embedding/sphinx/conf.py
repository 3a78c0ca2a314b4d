import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
extensions = ["plimsoll"]
plimsoll_embed = "https://plimsoll.example/embed.js"

project = "Shop"
html_theme = "furo"
