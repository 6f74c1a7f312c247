"""Ten answers make a workbook: a first screening, before anybody has an inventory."""

from templates.screening.filling import screening
from templates.screening.questions import QUESTIONS, hint, read, said, texts

__all__ = ["QUESTIONS", "hint", "read", "said", "screening", "texts"]
