"""By SMTP: one connection for many letters.

RFC 5321 §4.2: 5yz is final, 4yz may be tried again; what is said to RCPT and to the letter is about
the letter, everything else about the server.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from email.header import Header
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from meibo.apps.safety.actions.reaching.letters import Letter, Said, Verdict
from meibo.domain.safety.gateways import Provider

_ADDRESS = re.compile(r"[^\s<>\"(),:;@\\\[\]]+@[A-Za-z0-9.-]+")
_LATER, _FINAL = 400, 500
_CLOSING = 421  # the server says good-bye, whatever it was asked
_OK = 250
_LINE = 4096  # bytes
_WIDE = 76  # letters of a line of base64: RFC 2045 §6.8
_GO_ON = 354
_FULL = "相手の受信箱がいっぱいです。職員に、空けてもらうか別の宛先を届け出てもらってください。"


class MailCarrier:
    """One mail server. Where it allows that (RFC 2920), what is asked for the next letter goes
    with the letter before, so that each costs one turn."""

    def __init__(self, provider: Provider, sender: str) -> None:
        self.provider = provider
        self._sender = sender
        self._domain = sender.rpartition("@")[2]
        self._open: smtplib.SMTP | None = None
        self._given = False  # whether the letter itself was on its way when something broke
        self._ahead = ""  # the letter that was asked for ahead
        self._heads: dict[str, str] = {}
        self._date = (-1, "")

    def carry(
        self, letter: Letter, begin: Callable[[], None], follows: Letter | None = None
    ) -> Said:
        """Hand one letter over; `follows` is likely to be the next."""
        if not valid(letter.address):
            return Said(Verdict.REFUSED, "メールアドレスの書き方が違います。")
        kept = self._open is not None
        said = self._tried(letter, begin, follows)
        if kept and said.verdict is Verdict.DOWN:
            # After so many letters, or so long without one, a server ends a connection.
            said = self._tried(letter, begin, follows)
        return said

    def _tried(self, letter: Letter, begin: Callable[[], None], follows: Letter | None) -> Said:
        self._given = False
        try:
            if self._ahead not in {"", letter.key}:
                self.close()
            return self._handed(self._server(), letter, begin, follows)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            verdict = Verdict.LOST if self._given else Verdict.DOWN
            return Said(verdict, f"メールサーバ {self.provider.name}：{type(error).__name__}")

    def would_take(self, address: str) -> tuple[int, str]:
        """What the server says to this receiver, of a letter that never comes; 0 where it could not
        be asked."""
        if not valid(address):
            return _FINAL, "5.1.3"
        try:
            server = self._server()
            code, words = server.docmd(f"MAIL FROM:<{self._sender}>")
            if code != _OK:
                self.close()
                return 0, ""
            code, words = server.docmd(f"RCPT TO:<{address}>")
            server.rset()
        except (OSError, smtplib.SMTPException):
            self.close()
            return 0, ""
        return code, words.decode("ascii", "replace")

    def close(self) -> None:
        """Say good-bye; without a word where the server waits for a letter, for it would take the
        word for one."""
        if self._open is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._open.close() if self._ahead else self._open.quit()
            self._open, self._ahead = None, ""

    def _handed(
        self,
        server: smtplib.SMTP,
        letter: Letter,
        begin: Callable[[], None],
        follows: Letter | None,
    ) -> Said:
        # Two different answers to two different questions: a sender that is refused is the house's
        # trouble, a receiver that is refused is the letter's.
        written = self._written(letter)  # meanwhile what was asked for ahead is being answered
        sender, receiver, data = self._asked(server, letter)
        if sender[0] != _OK:
            raise smtplib.SMTPResponseException(sender[0], "MAIL")
        code, words = receiver
        if code // 10 == _OK // 10:
            code, words = data
        if code == _GO_ON:
            code, words = self._given_away(server, written, begin, follows)
            if code == _OK:
                return Said(Verdict.SENT)
        elif data[0] == _GO_ON:  # asked for at once, though nobody is to receive it
            server.send(b".\r\n")
            server.getreply()
        elif code != _CLOSING:
            server.rset()
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected
        return refusal(code, words.decode("ascii", "replace"))

    def _given_away(
        self,
        server: smtplib.SMTP,
        written: bytes,
        begin: Callable[[], None],
        follows: Letter | None,
    ) -> tuple[int, bytes]:
        """Send the letter itself; what the server says to it."""
        if follows is not None and valid(follows.address) and server.has_extn("pipelining"):
            written += _lines(self._commands(follows))
            self._ahead = follows.key
        send = server.sock.sendall if server.sock is not None else server.send
        self._given = True
        begin()
        send(written)
        _hurry(server)
        code, words = _reply(server)
        self._given = False
        return code, words

    def _asked(self, server: smtplib.SMTP, letter: Letter) -> list[tuple[int, bytes]]:
        """What the server says to each command that comes before the letter."""
        commands = self._commands(letter)
        if not server.has_extn("pipelining"):
            answers = []
            for command in commands:
                answers.append(server.docmd(command))
                if answers[-1][0] >= _LATER:
                    break
            return answers + answers[-1:] * (len(commands) - len(answers))
        if not self._ahead:
            server.send(_lines(commands))
            _hurry(server)
        answers = [_reply(server) for _ in commands]
        self._ahead = ""
        return answers

    def _commands(self, letter: Letter) -> tuple[str, ...]:
        return f"MAIL FROM:<{self._sender}>", f"RCPT TO:<{letter.address}>", "DATA"

    def _server(self) -> smtplib.SMTP:
        if self._open is not None:
            return self._open
        url = urlsplit(self.provider.url)
        kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
        timeout = self.provider.timeout
        server = kind(url.hostname or "", url.port or 0, timeout=timeout)
        if server.sock is not None:
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if url.scheme.endswith("starttls"):
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.ehlo_or_helo_if_needed()
        self._open = server
        return server

    def _written(self, letter: Letter) -> bytes:
        # No line can begin with a dot: a header has a name, and base64 knows no dots.
        subject = self._heads.get(letter.title)
        if subject is None:
            subject = Header(letter.title, "utf-8", header_name="Subject").encode(linesep="\r\n")
            self._heads[letter.title] = subject
        second = int(time.monotonic())
        if self._date[0] != second:  # telling the time takes as long as the rest of this
            self._date = (second, formatdate())
        body = base64.b64encode(letter.text.encode()).decode()
        lines = "\r\n".join(body[at : at + _WIDE] for at in range(0, len(body), _WIDE))
        return (
            f"From: <{self._sender}>\r\nTo: <{letter.address}>\r\nSubject: {subject}\r\n"
            f"Date: {self._date[1]}\r\nMessage-ID: <{letter.key}@{self._domain}>\r\n"
            "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
            f"\r\n{lines}\r\n.\r\n"
        ).encode()


def valid(address: str) -> bool:
    """Whether this is written as an address, and holds nothing that a server would obey."""
    return address.isascii() and bool(_ADDRESS.fullmatch(address))


def _lines(commands: tuple[str, ...]) -> bytes:
    return "".join(f"{command}\r\n" for command in commands).encode("ascii")


def _reply(server: smtplib.SMTP) -> tuple[int, bytes]:
    """What `getreply` gives, in a third of its time; of several lines the first, which has the
    enhanced code."""
    file = server.file
    if file is None:
        return server.getreply()
    line: bytes = file.readline(_LINE)
    words = line[4:].strip()
    while line[3:4] == b"-":
        line = file.readline(_LINE)
    if not line[:3].isdigit():
        raise smtplib.SMTPServerDisconnected
    return int(line[:3]), words


def _hurry(server: smtplib.SMTP) -> None:
    """Whose server writes its answers one by one would wait 40 ms for us to confirm the first."""
    if server.sock is not None and hasattr(socket, "TCP_QUICKACK"):
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def refusal(code: int, words: str) -> Said:
    """What a server's no means, and what to do. The server's own words stay out: they repeat the
    address."""
    status = status_in(words)
    if code < _FINAL:
        return Said(Verdict.LATER, f"メールサーバが後で送るよう答えました（{code} {status}）。")
    return Said(Verdict.REFUSED, meaning(status) or f"メールサーバが断りました（{code}）。")


def status_in(words: str) -> str:
    """The enhanced status code (RFC 3463) with which a server's words begin."""
    found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})", words)
    return found.group(1) if found else ""


def meaning(status: str) -> str:
    """What an enhanced status code (RFC 3463) tells the clerk to do."""
    kind = ".".join(status.split(".")[1:])
    known = {
        "1.1": "この宛先はありません。職員に、届出を直してもらってください。",
        "1.2": "この宛先の@の後ろが見つかりません。職員に、届出を直してもらってください。",
        "1.3": "メールアドレスの書き方が違います。職員に、届出を直してもらってください。",
        "1.10": "この宛先はメールを受け取りません。職員に、別の宛先を届け出てもらってください。",
        "2.1": "この宛先は止められています。職員に、別の宛先を届け出てもらってください。",
        "2.2": _FULL,
        "4.1": "相手のメールサーバが答えません。情報システム担当に知らせてください。",
        "4.4": "相手のメールサーバが見つかりません。届出の@の後ろを確かめてください。",
        "4.7": "長いあいだ届けられませんでした。別の経路で連絡してください。",
        "7.1": "相手の受信拒否の設定です。職員に、差出人を受け取る設定にしてもらってください。",
    }
    return known.get(kind, "")
