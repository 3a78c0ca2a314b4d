"""Sphinx extension: the directive ``plimsoll`` puts a live topology into a page.

Builders other than those of HTML sites print its text.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective


class playground(nodes.literal_block):
    """The document of a playground, as a block of code."""


class Plimsoll(SphinxDirective):
    has_content = True
    option_spec = {
        "view": lambda value: directives.choice(value, ("plan", "files", "both", "diagram")),
        "file": directives.unchanged_required,
        "height": directives.positive_int,
        "readonly": directives.flag,
        "scenario": lambda value: directives.choice(value, ("rollout", "node-loss", "drain", "traffic", "leak")),
        "load": lambda value: directives.choice(value, ("click",)),
    }

    def run(self):
        self.assert_has_content()
        text = "\n".join(self.content)
        data = {f"data-{name}": "" if value is None else str(value) for name, value in self.options.items()}
        block = playground(text, text, language="yaml", data=data)
        self.set_source_info(block)
        return [block]


def visit(translator, node):
    start = translator.starttag(node, "pre", "", CLASS="plimsoll", **node["data"])
    translator.body.append(f"{start}{translator.encode(node.rawsource)}</pre>\n")
    raise nodes.SkipNode


def load(app, pagename, templatename, context, doctree):
    """The script stands in the head, so that blocks have their room before they are drawn; other pages need none.

    Nor does a book, which is read without a network.
    """
    if app.builder.name != "epub" and doctree and any(doctree.findall(playground)):
        context["metatags"] += f'<script src="{app.config.plimsoll_embed}"></script>'


def setup(app):
    app.add_config_value("plimsoll_embed", "", "html", [str])
    app.add_directive("plimsoll", Plimsoll)
    app.add_node(playground, html=(visit, None))
    app.connect("html-page-context", load)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
