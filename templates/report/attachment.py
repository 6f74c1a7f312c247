"""What is added to the finished pages: dates, the study as an attachment, one identity for one content."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

NAME = "study.json"
PRIVATE = ("assessor", "commissioned_by", "evidence", "note")


def dated(settings: Mapping[str, Any]) -> datetime:
    """Date a report bears: that of the study, else the first day of its start year.

    Examples
    --------
    >>> dated({"date": "2026-11-03", "start_year": 2027}).date(), dated({"start_year": 2027}).date()
    (datetime.date(2026, 11, 3), datetime.date(2027, 1, 1))
    """
    try:
        day = date.fromisoformat(str(settings.get("date", "")))
    except ValueError:
        day = date(int(settings["start_year"]), 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _public(value: Any) -> Any:  # noqa: ANN401 - JSON
    match value:
        case dict():
            return {key: _public(item) for key, item in value.items() if key not in PRIVATE}
        case list():
            return [_public(item) for item in value]
        case _:
            return value


def attached(document: Mapping[str, Any]) -> bytes | None:
    """Return the bytes to attach: study, choices and input hash; nothing where the study says ``none``."""
    share = document["study"]["Study"].get("attach", "full")
    if share == "none":
        return None
    held = {key: document[key] for key in ("study", "choices", "input_hash")}
    shown = _public(held) if share == "public" else held
    return json.dumps(shown, sort_keys=True, ensure_ascii=False, indent=1).encode(errors="backslashreplace")


def finish(pages: bytes, document: Mapping[str, Any], description: str) -> bytes:
    """Date the pages, attach the study, and write them so that equal documents give equal bytes."""
    import pikepdf  # noqa: PLC0415 - only where a report is made

    day = dated(document["study"]["Study"])
    content = attached(document)
    target = BytesIO()
    with pikepdf.open(BytesIO(pages)) as pdf:
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = day.strftime("D:%Y%m%d000000Z")
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        if content is not None:
            specification = pikepdf.AttachedFileSpec(
                pdf,
                content,
                filename=NAME,
                mime_type="application/json",
                description=description,
                relationship=pikepdf.Name.Data,
                creation_date=day.strftime("D:%Y%m%d000000Z"),
                mod_date=day.strftime("D:%Y%m%d000000Z"),
            )
            pdf.attachments[NAME] = specification
            pdf.Root.AF = pikepdf.Array([specification.obj])
        pdf.save(target, deterministic_id=True)
    return target.getvalue()
