"""By SMTP: one connection for many letters.

RFC 5321 §4.2: 5yz is final, 4yz may be tried again; what is said to RCPT and to the letter is about
the letter, everything else about the server.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
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
_GO_ON = 354
_FULL = "相手の受信箱がいっぱいです。職員に、空けてもらうか別の宛先を届け出てもらってください。"


class MailCarrier:
    """One mail server."""

    def __init__(self, provider: Provider, sender: str) -> None:
        self.provider = provider
        self._sender = sender
        self._domain = sender.rpartition("@")[2]
        self._open: smtplib.SMTP | None = None
        self._given = False  # whether the letter itself was on its way when something broke
        self._heads: dict[str, str] = {}

    def carry(self, letter: Letter) -> Said:
        """Hand one letter over."""
        if not _ADDRESS.fullmatch(letter.address):
            return Said(Verdict.REFUSED, "メールアドレスの書き方が違います。")
        self._given = False
        try:
            return self._handed(self._server(), letter)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            verdict = Verdict.LOST if self._given else Verdict.DOWN
            return Said(verdict, f"メールサーバ {self.provider.name}：{type(error).__name__}")

    def close(self) -> None:
        """Say good-bye."""
        if self._open is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._open.quit()
            self._open = None

    def _handed(self, server: smtplib.SMTP, letter: Letter) -> Said:
        # Two different answers to two different questions: a sender that is refused is the house's
        # trouble, a receiver that is refused is the letter's.
        sender, receiver, data = _asked(
            server, (f"MAIL FROM:<{self._sender}>", f"RCPT TO:<{letter.address}>", "DATA")
        )
        if sender[0] != _OK:
            raise smtplib.SMTPResponseException(sender[0], "MAIL")
        code, words = receiver
        if code // 10 == _OK // 10:
            code, words = data
        if code == _GO_ON:
            self._given = True
            server.send(self._written(letter))
            code, words = server.getreply()
            self._given = False
            if code == _OK:
                return Said(Verdict.SENT)
        elif data[0] == _GO_ON:  # asked for at once, though nobody is to receive it
            server.send(b".\r\n")
            server.getreply()
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected
        server.rset()
        return refusal(code, words.decode("ascii", "replace"))

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
        body = base64.encodebytes(letter.text.encode()).decode().replace("\n", "\r\n")
        return (
            f"From: <{self._sender}>\r\nTo: <{letter.address}>\r\nSubject: {subject}\r\n"
            f"Date: {formatdate()}\r\nMessage-ID: <{letter.key}@{self._domain}>\r\n"
            "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
            f"\r\n{body}.\r\n"
        ).encode()


def _asked(server: smtplib.SMTP, commands: tuple[str, ...]) -> list[tuple[int, bytes]]:
    """What the server says to each; asked in one go where it allows that (RFC 2920)."""
    if not server.has_extn("pipelining"):
        answers = []
        for command in commands:
            answers.append(server.docmd(command))
            if answers[-1][0] >= _LATER:
                break
        return answers + answers[-1:] * (len(commands) - len(answers))
    server.send("".join(f"{command}\r\n" for command in commands).encode("ascii"))
    if server.sock is not None and hasattr(socket, "TCP_QUICKACK"):
        # Whose server writes its answers one by one would wait 40 ms for us to confirm the first.
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    return [server.getreply() for _ in commands]


def refusal(code: int, words: str) -> Said:
    """What a server's no means, and what to do. The server's own words stay out: they repeat the
    address."""
    enhanced = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})", words)
    status = enhanced.group(1) if enhanced else ""
    if code < _FINAL:
        return Said(Verdict.LATER, f"メールサーバが後で送るよう答えました（{code} {status}）。")
    return Said(Verdict.REFUSED, meaning(status) or f"メールサーバが断りました（{code}）。")


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
