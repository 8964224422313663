from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from tests.conftest import RunCli
def test_x(run_cli: RunCli) -> None:
    ran = run_cli("check")
    print(ran)
    assert 0
