"""How cells look, each look once: the same grey heads and the same yellow fields in every workbook."""

from __future__ import annotations

from typing import Literal

FONT = "Microsoft YaHei"
BASE: dict[str, object] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_LINE: dict[str, object] = {"border": 1, "border_color": "#BFBFBF"}
_REMARK: dict[str, object] = {"italic": True, "font_color": "#595959"}
_HEAD: dict[str, object] = {"bold": True, "bg_color": "#E7E6E6", "align": "center", "text_wrap": True, **_LINE}
_TEXT: dict[str, object] = {"text_wrap": True, "indent": 1, **_LINE}
_OPEN: dict[str, object] = {"text_wrap": True, "bg_color": "#FFF2CC", "locked": False, **_LINE}
_PALER = "#FFFBEB"

Look = Literal[
    "title", "title_centred", "remark", "remark_boxed", "head", "section", "band", "text", "wrap", "fold", "known",
    "mark", "mark_wrap", "plain", "count", "points", "score", "number", "rate", "money", "percent", "share", "total",
    "total_count", "total_money", "grey", "info", "figure", "gap", "said", "sign", "input", "input_choice",
    "input_number", "input_date", "optional", "optional_choice", "optional_number", "optional_date", "bare", "bold",
    "needed",
]  # fmt: skip

LOOKS: dict[Look, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "title_centred": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "remark": _REMARK,
    "remark_boxed": {**_REMARK, "text_wrap": True, **_LINE},
    "said": {},
    "sign": {"align": "right", "font_color": "#595959"},
    # heads
    "head": _HEAD,
    "section": {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "indent": 1, **_LINE},
    "band": {"bold": True, "bg_color": "#E7E6E6", "indent": 1, **_LINE},
    # text: on one line, wrapped, wrapped in a narrow column, kept as it is typed
    "text": {"indent": 1, **_LINE},
    "wrap": _TEXT,
    "fold": _TEXT,
    "known": {**_TEXT, "num_format": "@"},
    "mark": {"align": "center", **_LINE},
    "mark_wrap": {"align": "center", "text_wrap": True, **_LINE},
    "figure": {"align": "center", "text_wrap": True, "font_color": "#595959", **_LINE},
    "plain": {"align": "right", **_LINE},
    # figures
    "count": {"num_format": "#,##0", "align": "center", **_LINE},
    "points": {"num_format": "0.00", **_LINE},
    "number": _LINE,
    "score": _LINE,
    "rate": {"num_format": "#,##0.00####", **_LINE},
    "money": {"num_format": "#,##0.00", **_LINE},
    "percent": {"num_format": "0.00%", **_LINE},
    "share": {"num_format": "0%", "align": "center", **_LINE},
    "total": {"bold": True, "align": "center", "bg_color": "#F2F2F2", **_LINE},
    "total_count": {"bold": True, "align": "center", "bg_color": "#F2F2F2", "num_format": "#,##0", **_LINE},
    "total_money": {"bold": True, "bg_color": "#F2F2F2", "num_format": "#,##0.00", **_LINE},
    # nothing to fill in, and nothing there
    "grey": {"bg_color": "#F2F2F2", **_LINE},
    "info": {"bg_color": "#F2F2F2", "align": "center", **_LINE},
    "gap": {"pattern": 14, "fg_color": "#BFBFBF", "bg_color": "#FFFFFF", **_LINE},
    # fields to fill in: yellow, paler where they may stay empty
    "input": {**_OPEN, "num_format": "@", "indent": 1},
    "input_choice": {**_OPEN, "num_format": "@", "align": "center"},
    "input_number": {**_OPEN, "num_format": "General", "align": "center"},
    "input_date": {**_OPEN, "num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
    "optional": {**_OPEN, "num_format": "@", "indent": 1, "bg_color": _PALER},
    "optional_choice": {**_OPEN, "num_format": "@", "align": "center", "bg_color": _PALER},
    "optional_number": {**_OPEN, "num_format": "General", "align": "center", "bg_color": _PALER},
    "optional_date": {**_OPEN, "num_format": "yyyy-mm-dd", "align": "left", "indent": 1, "bg_color": _PALER},
    # empty tables that people type into
    "bare": {"num_format": "@"},
    "bold": {"bold": True},
    "needed": {"bold": True, "bg_color": "#FFE699"},
}

WRAPPED: tuple[Look, ...] = ("wrap", "fold")
"""Looks of tables whose texts are broken into lines."""
BY_PLACES: frozenset[Look] = frozenset({"plain", "number", "score"})
"""Looks of figures that are shown with the places they have."""
