"""Who may sign in. An account is a key to the house, not a person: who the person is, and what
follows from their posts, the ledger alone knows."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models

from meibo.platform.grants.rules import DUTIES


def check_duties(value: object) -> None:
    """Refuse what is not a list of distinct words of DUTIES, by ValidationError."""
    if not isinstance(value, list) or len(set(map(str, value))) != len(value):
        raise ValidationError("職務は重複のない一覧で指定してください。")
    unknown = [duty for duty in value if duty not in DUTIES]
    if unknown:
        raise ValidationError(f"職務にない語です: {', '.join(map(str, unknown))}")


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up; they are opened by `actions.open_account`."""


class Account(AbstractBaseUser):
    """One sign-in name. It has no groups, no permissions and no superuser: what an account may
    see follows from its person's tenures and its duties, through the disclosure table."""

    username = models.CharField("サインイン名", max_length=150, unique=True)
    #: The ledger's opaque id, not a foreign key: the book does not depend on who signs in.
    #: None for an account without a person (an operator, a job). Not unique: the security guideline
    #: asks for an account of its own for administrative work.
    person = models.CharField("職員", max_length=64, null=True, blank=True, db_index=True)
    #: Of an account without a person alone. What a person holds are grants, which end with the post
    #: they were given for (`platform.grants`).
    duties = models.JSONField("職務", default=list, blank=True, validators=[check_duties])
    is_active = models.BooleanField("有効", default=True)
    is_demo = models.BooleanField("見本", default=False)
    opened_at = models.DateTimeField("開設日時")
    opened_by = models.CharField("開設者", max_length=150)
    closed_at = models.DateTimeField("停止日時", null=True, blank=True)
    closed_by = models.CharField("停止者", max_length=150, blank=True, default="")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        verbose_name = "アカウント"
        verbose_name_plural = "アカウント"
        ordering: ClassVar[list[str]] = ["username"]

    def __str__(self) -> str:
        return self.username

    def clean(self) -> None:
        super().clean()
        if self.person and self.duties:
            raise ValidationError("職員の職務は、アカウントではなく職に付与します。")
