"""Pictures of what csctl makes, from the sample: LibreOffice and poppler for workbooks, Chromium for pages."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MONTH, OPEN_MONTH = "2026-10", "2026-05"
WIDTH = 1000
MOST_BYTES = 120_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def draw(folder: Path) -> None:
    """Every picture, in a copy of the sample that is thrown away."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        demo = Path(room) / "demo"
        for words in (
            ["init", str(demo), "--sample"],
            ["run", "-w", str(demo), "--month", MONTH],
            *(["close", "-w", str(demo), "--month", f"2026-0{number}", "--by", "周敏", "--yes"] for number in (3, 4)),
            ["promote-check", "-w", str(demo), "--agent", "0007", "--xlsx", str(demo / "review.xlsx")],
            ["forms", "send", "-w", str(demo), "--month", OPEN_MONTH],
        ):
            _csctl(words)
        out = demo / "out" / MONTH
        for name, book, number in (
            ("sheet", out / "sheets" / "0003_陆小曼.xlsx", 1),
            ("pay", out / "pay.xlsx", 1),
            ("pool", out / "pay.xlsx", 2),
            ("pay-lines", out / "pay.xlsx", 3),
            ("template", ROOT / "templates" / "generic.xlsx", 1),
            ("review-form", demo / "review.xlsx", 2),
            ("rating-form", demo / "forms" / OPEN_MONTH / "out" / "superior_刘国栋.xlsx", 2),
        ):
            _save(_page(book, number, Path(room)), folder / f"{name}.png")
        for name, width, top, bottom in (
            ("report", 1200, 0, 1210),
            ("report-charts", 1200, 1210, 2745),
            ("report-phone", 500, 0, 1000),
        ):
            screen = _screen(out / "report.html", width, bottom, Path(room))
            _save(screen.crop((0, top, width, bottom)), folder / f"{name}.png")


def _csctl(words: list[str]) -> None:
    environment = os.environ | {"CSCTL_LANGUAGE": "zh", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "csctl", *words], check=True, capture_output=True, env=environment)


def _page(book: Path, number: int, room: Path) -> Image.Image:
    """A printed page of a workbook."""
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{room}/office", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(room), str(book)], check=True, capture_output=True)
    pdf = room / f"{book.stem}.pdf"
    command = ["pdftoppm", "-png", "-r", "110", "-f", str(number), "-l", str(number), "-singlefile", str(pdf)]
    subprocess.run([*command, str(room / book.stem)], check=True)
    return _trimmed(Image.open(room / f"{book.stem}.png"))


def _screen(page: Path, width: int, height: int, room: Path) -> Image.Image:
    """The top of a page in a window of that size, in pixels."""
    target = room / "screen.png"
    browser = next(found for name in BROWSERS if (found := shutil.which(name)))
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"]
    command = [browser, *options, f"--screenshot={target}", f"file://{page}"]
    subprocess.run(command, check=True, capture_output=True)
    return Image.open(target)


def _trimmed(picture: Image.Image) -> Image.Image:
    """Without the white margin of the paper and the page number at its foot."""
    picture = picture.crop((0, 0, picture.width, picture.height * 31 // 33))
    plain = picture.convert("L").point(lambda value: 255 if value < 250 else 0)
    left, top, right, bottom = plain.getbbox() or (0, 0, *picture.size)
    right, bottom = min(picture.width, right + 12), min(picture.height, bottom + 12)
    return picture.crop((max(0, left - 12), max(0, top - 12), right, bottom))


def _save(picture: Image.Image, path: Path) -> None:
    """As a small PNG: no wider than a page, few colours, fewer pixels if it is still too heavy."""
    picture = picture.convert("RGB")
    width = min(WIDTH, picture.width)
    while True:
        size = (width, round(picture.height * width / picture.width))
        small = picture.resize(size, Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)
        content = io.BytesIO()
        small.save(content, "PNG", optimize=True)
        if len(content.getvalue()) <= MOST_BYTES:
            break
        width = width * 9 // 10
    path.write_bytes(content.getvalue())
    print(path.name, size, len(content.getvalue()))
