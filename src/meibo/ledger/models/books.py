"""The two books. Rows are appended; the database refuses to change or delete them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Person(models.Model):
    """職員: an opaque id that stays, and the staff number by which the ward knows the person."""

    id = models.CharField(primary_key=True, max_length=24)
    staff_no = models.CharField(max_length=32, unique=True, null=True)
    shredded = models.BooleanField(default=False)


class DataKey(models.Model):
    """The key of one person's values, wrapped by the master key. Deleting it shreds them."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16)


class BookLine(models.Model):
    """発令簿の一行. `stated` holds what the order states, as JSON; see domain.book.Line."""

    no = models.BigAutoField(primary_key=True)
    effective = models.DateField()
    recorded = models.DateTimeField()
    entered = models.DateTimeField()
    effect = models.CharField(max_length=8)
    person = models.CharField(max_length=24, blank=True, db_index=True)
    appointment = models.CharField(max_length=24, blank=True)
    wording = models.CharField(max_length=60, blank=True)
    order_no = models.CharField(max_length=40, blank=True, db_index=True)
    voids = models.BigIntegerField(null=True)
    completes = models.BigIntegerField(null=True)
    stated = models.TextField(default="{}")
    source = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=80)


class FilingLine(models.Model):
    """届出の一行. A person's values are ciphertext under the person's key (`sealed`)."""

    no = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=64)
    field = models.CharField(max_length=60)
    value = models.TextField(null=True)
    sealed = models.BooleanField(default=False)
    effective = models.DateField()
    until = models.DateField()
    recorded = models.DateTimeField()
    entered = models.DateTimeField()
    voids = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "field"])]


class Code(models.Model):
    """A row of a town's code table (職名, 職種, 任用形態, 庁舎, 発令種別 …)."""

    table = models.CharField(max_length=30)
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    rank = models.IntegerField(default=0)
    extra = models.TextField(default="{}")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "code"], name="one_code_once")
        ]
