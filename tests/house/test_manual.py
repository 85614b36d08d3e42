"""The manual and the READMEs tell of commands, findings, variables and pages that exist."""

import ast
import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from meibo.config.cli.parser import parse
from meibo.config.clock import now
from meibo.domain.disclosure import TIES
from meibo.ledger.ties import units_kept_by
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.accounts.models import DUTIES, Account
from tests.house.source import ROOT, SOURCE

MANUAL = ROOT / "docs" / "manual"
PAGES = sorted([*MANUAL.glob("*.md"), ROOT / "README.md", ROOT / "README.ja.md"])
#: What stands for something in an example, and what may be tried instead.
EXAMPLES = {"職員番号": "0001058", "取込定義": "a.toml", "フォルダー": "files", "言葉": "高橋"}


def text(name: str) -> str:
    return (MANUAL / name).read_text(encoding="utf-8")


def fenced(page: Path) -> list[str]:
    """The lines of all blocks in a page that are no language of their own."""
    blocks = re.findall(r"^ *```(?:sh|console)?\n(.*?)^ *```", page.read_text("utf-8"), re.M | re.S)
    return [line.strip() for block in blocks for line in block.splitlines()]


def commands(page: Path) -> list[str]:
    """Every call of meibo in a page's examples, without prompts, variables, pipes and comments."""
    found = []
    for line in fenced(page):
        call = re.match(r"^(?:\$ )?(?:\w+=\S+ )*(?:\.venv/bin/)?meibo ([^|>#]+)", line)
        if call:
            found.append(call[1].strip())
    return found


def test_every_page_has_examples_to_try() -> None:
    assert sum(len(commands(page)) for page in PAGES) > 30


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_an_example_can_be_called(page: Path) -> None:
    for command in commands(page):
        if "[" in command or command.endswith("…"):  # a form, not a call
            continue
        words = [EXAMPLES.get(word, word) for word in shlex.split(command)]
        parse(words)  # leaves with 2 where it does not understand


def test_every_command_is_explained() -> None:
    page = text("コマンド.md")
    parser = (SOURCE / "config" / "cli" / "parser.py").read_text(encoding="utf-8")
    names = set(re.findall(r'_command\(\s*(?:commands|verbs), "?(\w+)"?,', parser)) - {"verb"}
    verbs = re.findall(r'verb\("(\w+)"', parser)
    assert "grant" in verbs
    assert not [verb for verb in verbs if f"- `{verb}`：" not in page]
    options = set(re.findall(r'"(--[a-z-]+)"', parser))
    assert {"init", "search"} <= names
    assert not [name for name in names if f"\n## {name}\n" not in page]
    assert not [option for option in options if option not in page]


def test_every_tie_and_duty_is_explained() -> None:
    assert not [tie for tie in TIES if f"`{tie}`" not in text("公開基準.md")]
    assert not [duty for duty in DUTIES if f"`{duty}`" not in text("情報政策課.md")]


def test_every_variable_is_explained() -> None:
    read = (SOURCE / "config" / "environment.py").read_text(encoding="utf-8")
    read += (SOURCE / "config" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'(?:text|flag|names|number|one_of|days|file)\("(MEIBO_\w+)"', read))
    assert "MEIBO_DATA" in names
    for page in (text("情報政策課.md"), (ROOT / "docs" / "house.md").read_text(encoding="utf-8")):
        assert not [name for name in names if f"`{name}`" not in page]


def finding_codes() -> set[str]:
    """The codes that the intake itself finds: arguments of `find`, and those of the fold."""
    found: set[str] = set()
    intake = SOURCE / "apps" / "personnel" / "actions" / "intake"
    for path in intake.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _finds(node):
                found |= _constants(node.args[3])
            if isinstance(node, ast.keyword) and node.arg == "code":
                found |= _constants(node.value)
    troubles = (SOURCE / "domain" / "book" / "fold.py").read_text(encoding="utf-8")
    return found | set(re.findall(r'self\.trouble\(\s*\w+, "(\w+)"', troubles))


def _finds(call: ast.Call) -> bool:
    """Whether this is `desk.find(record, field, severity, code, …)`."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "find" and len(call.args) > 3


def _constants(node: ast.expr) -> set[str]:
    """A text, or of a text with a hole what stands before it."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return {str(node.value)} if isinstance(node, ast.Constant) else set()


def test_every_finding_of_the_intake_is_explained() -> None:
    codes = finding_codes()
    assert {"order_for_nobody", "differs_", "not_in_service"} <= codes
    assert not [code for code in codes if f"`{code}`" not in text("人事課.md")]


def anchors(page: Path) -> set[str]:
    """The anchors that headings have where Markdown is shown: no signs, blanks as hyphens."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        path, _, anchor = unquote(link).partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert not lost


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_a_readme_can_be_read_in_one_go(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 200


def snippets() -> list[str]:
    blocks = re.findall(r"^( *)```python\n(.*?)^ *```", text("情報政策課.md"), re.M | re.S)
    return [re.sub(rf"^{indent}", "", code, flags=re.M) for indent, code in blocks]


def run(code: str) -> None:
    exec(compile(code, "情報政策課.md", "exec"), {})  # the manual's own example


def snippet(word: str) -> str:
    return next(code for code in snippets() if word in code)


@pytest.mark.django_db
def test_an_operators_account_is_opened_changed_and_closed_as_the_manual_says() -> None:
    run(snippet("open_account("))
    account = Account.objects.get(username="operator")
    assert (account.person, account.duties) == (None, ["it"])
    password = account.password

    run(snippet("close_account"))
    account.refresh_from_db()
    assert (account.is_active, account.duties) == (False, [])
    assert account.password != password


@pytest.mark.django_db
def test_a_clerk_is_named_as_the_manual_says() -> None:
    unit = NewFiling("unit:08050000", "name", "保健相談所", now().date(), now())
    append(Batch(people={"p1": "0001058"}, filings=[unit]), actor="test", now=now())
    with pytest.raises(AssertionError, match="08050000"):
        run(snippet('"clerks"').replace('["0001058"]', '["0000009"]'))
    run(snippet('"clerks"'))
    assert units_kept_by("p1", now().date()) == {"08050000"}
