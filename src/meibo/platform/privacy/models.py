"""Requests of people about their own data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KINDS = {"disclosure": "開示", "correction": "訂正", "suspension": "利用停止"}
RESULTS = {
    "granted": "応じた",
    "partly": "一部応じた",
    "refused": "応じない",
    "withdrawn": "取り下げ",
}


class Request(models.Model):
    """One request. `due` is the last day to decide; `staff_no` goes when its person is removed."""

    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    person = models.CharField(max_length=24, db_index=True)
    staff_no = models.CharField(max_length=32, blank=True)
    received = models.DateField()
    due = models.DateField()
    extended = models.BooleanField(default=False)
    extension_reason = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=12, blank=True, choices=list(RESULTS.items()))
    decided = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=150)
    decided_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
