from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.intake import acts, feeds, findings, pages, report

urlpatterns: list[URLPattern | URLResolver] = [
    path("intake", pages.intake, name="intake"),
    path("intake/upload", acts.intake_upload, name="intake_upload"),
    path("intake/sample", acts.intake_sample, name="intake_sample"),
    path("intake/sweep", acts.intake_sweep, name="intake_sweep"),
    path("intake/<int:number>", pages.intake_one, name="intake_one"),
    path("intake/<int:number>/add", acts.intake_add, name="intake_add"),
    path("intake/<int:number>/remove", acts.intake_remove, name="intake_remove"),
    path("intake/<int:number>/choose", acts.intake_choose, name="intake_choose"),
    path("intake/<int:number>/discard", acts.intake_discard, name="intake_discard"),
    path("intake/<int:number>/check", acts.intake_check, name="intake_check"),
    path("intake/<int:number>/load", acts.intake_load, name="intake_load"),
    path("intake/<int:number>/changes", pages.intake_changes, name="intake_changes"),
    path("intake/<int:number>/changes/<str:subject>", pages.intake_change, name="intake_change"),
    path("intake/<int:number>/findings", findings.findings, name="intake_findings"),
    path("intake/<int:number>/findings.csv", findings.findings_csv, name="intake_findings_csv"),
    path("intake/<int:number>/report", report.intake_report, name="intake_report"),
    path("intake/<int:number>/report.pdf", report.intake_report_pdf, name="intake_report_pdf"),
    path("intake/<int:number>/report.csv", report.intake_report_csv, name="intake_report_csv"),
    path("findings", findings.findings, name="findings"),
    path("findings.csv", findings.findings_csv, name="findings_csv"),
    path("findings/settle", findings.finding_settle, name="finding_settle"),
    path("findings/undo", findings.finding_undo, name="finding_undo"),
    path("feeds", feeds.feeds, name="feeds"),
    path("feeds/new", feeds.feed_new, name="feed_new"),
    path("feeds/drafts/<int:number>", feeds.feed_draft, name="feed_draft"),
    path("feeds/<slug:key>", feeds.feed, name="feed"),
]
