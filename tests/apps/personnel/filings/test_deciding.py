"""Filings decided at once: each in its turn, and said what became of it."""

from tests.apps.personnel.filings.conftest import Desk, MakeDesk
from tests.apps.personnel.filings.steps import RING, at_once, decide, mark, sent


def test_several_are_accepted_at_once(own: Desk, officer: Desk, sits: MakeDesk) -> None:
    filings = [sent(d, "contacts", *RING) for d in (own, sits("収納係", "070", purpose=""))]
    assert "選んだ届を受け付ける" in officer.text("/personnel/filings")
    assert "2件を受け付けました" in at_once(officer, *filings)
    assert "当てはまる届はありません" in officer.text("/personnel/filings")
    assert "受付済み" in officer.text("/personnel/filings?state=accepted&kind=contacts")


def test_at_once_nobody_takes_the_turn_of_another(
    own: Desk, officer: Desk, clerk: Desk, sits: MakeDesk
) -> None:
    filings = [sent(own), sent(own, "contacts", *RING)]
    page = officer.text("/personnel/filings")
    assert f'value="{mark(filings[0])}"' not in page
    assert f'value="{mark(filings[1])}"' in page
    assert "ほかの人の番の届（1件）" in page
    said = at_once(officer, *filings)
    assert "1件を受け付けました" in said
    assert "1件は、ほかの人の番なので、そのままにしました" in said
    for filing in filings:
        filing.refresh_from_db()
    assert [(f.state, f.step) for f in filings] == [("sent", "clerk"), ("accepted", "")]
    assert "庶務担当の確認を飛ばします" in officer.text(f"/personnel/filings/{filings[0].pk}")


def test_the_button_of_a_clerk_says_that_it_passes_on(own: Desk, clerk: Desk) -> None:
    filing = sent(own)
    page = clerk.text("/personnel/filings")
    assert "選んだ届を確かめた（人事課へ回す）" in page
    assert "選んだ届を受け付ける" not in page
    assert "1件を確かめました。人事課へ回しました" in at_once(clerk, filing)


def test_who_accepts_reads_whether_payroll_hears_of_it(own: Desk, officer: Desk) -> None:
    said = decide(officer, sent(own))
    assert "住所は、次の送出で給与に届きます（定義：" in said
    assert "給与連携）" in said
    said = decide(officer, sent(own, "contacts", *RING))
    assert "連絡先（電話・メール）は、給与への送出に入りません" in said
