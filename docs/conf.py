"""Pages of the documentation: ``sphinx-build -W -n docs build/docs`` builds them; a broken link or name is an error."""

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
    """Let anchors that other readers of Markdown follow be targets here too."""
    app.connect("source-read", _anchors)


def _anchors(app: Any, name: str, source: list[str]) -> None:  # noqa: ANN401, ARG001
    source[0] = re.sub(r'^<a id="([^"]+)"></a>$', r"(\1)=", source[0], flags=re.MULTILINE)
