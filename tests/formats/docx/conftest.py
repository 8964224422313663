"""Lets the tests of this folder import its helpers, `docx_sample` and `docx_opened`."""

import sys
from pathlib import Path

# As a package this folder would be called "docx", which is python-docx's name.
sys.path.insert(0, str(Path(__file__).parent))
