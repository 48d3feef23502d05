"""The three worked examples of the guide that tell somebody: run by csctl against a server and a mailer of our own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.small import MONTH, add, small_workspace
from tests.docs.pages import DOCS, LANGUAGES, blocks
from tests.end_to_end.running import csctl

WEBHOOKS = ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "https://oapi.dingtalk.com/robot/send")
SUBJECT = "csctl 2026-10 Small desk: 3 scored, 0 problems, exit 0"


def example(language: str, name: str) -> str:
    """A script as the guide shows it: the block after the line that names its file."""
    text = (DOCS / language / "unattended.md").read_text("utf-8")
    _, _, after = text.partition(f"`notify/{name}`{'：' if language == 'zh' else ':'}\n")
    return next(blocks(after)).text


class Robot(BaseHTTPRequestHandler):
    """A group's robot: keeps what it was sent, and answers as it is told to."""

    got: ClassVar[list[tuple[str, Any]]] = []
    answer: ClassVar[dict[str, object]] = {}

    def do_POST(self) -> None:
        """One message."""
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, json.loads(content)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(self.answer).encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the screen of the tests."""


@pytest.fixture
def robot() -> Iterator[str]:
    """A robot that takes everything; its address."""
    Robot.got.clear()
    Robot.answer = {"errcode": 0, "errmsg": "ok"}
    server = HTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/send"
    server.shutdown()
    server.server_close()


def desk(folder: Path, name: str, script: str, command: list[str]) -> Path:
    """The small workspace with an example put into it."""
    workspace = small_workspace(folder / "ws")
    (workspace / "notify").mkdir()
    (workspace / "notify" / name).write_text(script, "utf-8")
    add(workspace / "csctl.toml", f"\n[notify]\ncommand = {json.dumps([*command, f'notify/{name}'])}\n")
    return workspace


def told(workspace: Path) -> str:
    """Run the month quietly; what stands on standard error. The run itself always ends well."""
    done = csctl("run", "-w", workspace, "--month", MONTH, "--quiet")
    assert (done.code, done.out) == (0, "")
    return done.err


def summary(workspace: Path) -> str:
    """The text that is to be told."""
    return (workspace / "out" / MONTH / "summary.md").read_text("utf-8")


def to(address: str, script: str) -> str:
    """The script with our robot in the place of the real one."""
    for webhook in WEBHOOKS:
        script = script.replace(webhook, address)
    assert address in script
    return script


@pytest.mark.parametrize("name", ["mail.sh", "wecom.py", "dingtalk.py"])
def test_both_languages_show_the_same_script(name: str) -> None:
    """What is tried in one is true of the other."""
    assert len({example(language, name) for language in LANGUAGES}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's script")
def test_a_mail_has_the_subject_and_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mailer is started with both."""
    mailer = tmp_path / "bin" / "mail"
    mailer.parent.mkdir()
    mailer.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/given\ncat > {tmp_path}/body\n', "utf-8")
    mailer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{mailer.parent}{os.pathsep}{os.environ['PATH']}")
    workspace = desk(tmp_path, "mail.sh", example("en", "mail.sh"), ["sh"])
    assert told(workspace) == ""
    assert (tmp_path / "given").read_text("utf-8").splitlines() == ["-s", SUBJECT, "lead@example.com"]
    assert (tmp_path / "body").read_text("utf-8") == summary(workspace)


def test_wecom_gets_the_summary_as_markdown(tmp_path: Path, robot: str) -> None:
    """One message, within what WeCom takes."""
    workspace = desk(tmp_path, "wecom.py", to(robot, example("en", "wecom.py")), [sys.executable])
    assert told(workspace) == ""
    [(_, message)] = Robot.got
    assert message == {"msgtype": "markdown", "markdown": {"content": summary(workspace)}}
    assert len(message["markdown"]["content"].encode()) <= 4096


def test_dingtalk_gets_title_and_summary_with_a_signature(tmp_path: Path, robot: str) -> None:
    """The signature is HMAC-SHA256 of the time and the secret, as the robot computes it."""
    workspace = desk(tmp_path, "dingtalk.py", to(robot, example("en", "dingtalk.py")), [sys.executable])
    assert told(workspace) == ""
    [(path, message)] = Robot.got
    assert message == {"msgtype": "markdown", "markdown": {"title": SUBJECT, "text": summary(workspace)}}
    query = parse_qs(urlsplit(path).query)
    [secret] = [line.split('"')[1] for line in example("en", "dingtalk.py").splitlines() if line.startswith("SECRET")]
    signed = hmac.new(secret.encode(), f"{query['timestamp'][0]}\n{secret}".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(signed).decode()]


@pytest.mark.parametrize("name", ["wecom.py", "dingtalk.py"])
def test_a_robot_that_refuses_is_a_warning(tmp_path: Path, robot: str, name: str) -> None:
    """With its reason, on one line."""
    Robot.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    workspace = desk(tmp_path, name, to(robot, example("en", name)), [sys.executable])
    warning = told(workspace)
    assert "invalid webhook url" in warning
    assert len(warning.splitlines()) == 1
