"""Static files as production serves them: under names that change with their content."""

from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings

from meibo.config import settings as product


def test_every_file_that_a_style_sheet_names_is_there(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = product.STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").is_file()
    assert list(tmp_path.glob("django_htmx/htmx*.js"))
