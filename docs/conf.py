"""Pages of the documentation: ``sphinx-build -W docs build/docs`` builds them; a broken link or name is an error."""

import re
from importlib.metadata import version as installed
from typing import Any

project = "Jälki"
author = "The Jälki developers"
copyright = author  # noqa: A001 - Sphinx's own name
release = installed("jalki")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
root_doc = "README"
exclude_patterns = ["_build"]

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
nitpicky = False

html_theme = "furo"
html_title = f"Jälki {release}"
html_show_sourcelink = False
linkcheck_anchors = False


def setup(app: Any) -> None:  # noqa: ANN401 - Sphinx' application
    """Let anchors that other readers of Markdown follow be targets, and sentences of attributes be sentences."""
    app.connect("source-read", _anchors)
    app.connect("autodoc-process-docstring", _sentences, priority=400)  # before napoleon, which is at 500


def _anchors(app: Any, name: str, source: list[str]) -> None:  # noqa: ANN401, ARG001
    text = re.sub(r'^<a id="([^"]+)"></a>$', r"(\1)=", source[0], flags=re.MULTILINE)
    source[0] = re.sub(r'<a id="([^"]+)"></a>', r"[]{#\1}", text)


def _sentences(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:  # noqa: ANN401, ARG001
    """Keep napoleon from reading what stands before a colon as the type of an attribute."""
    if what in ("attribute", "data", "property") and lines:
        lines[0] = lines[0].replace(": ", " \N{EN DASH} ", 1)
