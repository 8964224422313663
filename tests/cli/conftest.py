"""Reports by command: what they lay out is laid out once for the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import briefgen.build.compare
import briefgen.build.fit
import briefgen.build.jobs  # binds what a build makes files with, before it is replaced below
import briefgen.build.measure
from briefgen.build.inputs import data_digest

if TYPE_CHECKING:
    from briefgen.build.engine import Engine
    from briefgen.build.fit import Fitted
    from briefgen.build.project import Target
    from briefgen.edition.models import Length

FITTED: dict[tuple[str, str, Length, str], Fitted] = {}
FIT = briefgen.build.fit.fit


def _fit_once(target: Target, length: Length, engine: Engine) -> Fitted:
    digest = data_digest(target.dossier.folder)
    layouts = str([folder for folder, _ in engine.project.layouts if folder.is_dir()])
    key = digest, target.edition.model_dump_json(), length, layouts
    if key not in FITTED:
        FITTED[key] = FIT(target, length, engine)
    return FITTED[key]


@pytest.fixture(autouse=True)
def fit_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`compare`, `explain` and `measure` fit each edition once; `build` fits as it does."""
    for module in (briefgen.build.compare, briefgen.build.fit, briefgen.build.measure):
        monkeypatch.setattr(module, "fit", _fit_once)
