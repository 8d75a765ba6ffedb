"""Django settings for tests: a temporary home, so that nobody's work is ever touched."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="antiphon-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["ANTIPHON_HOME"] = _home

from editor.settings import *  # noqa: E402, F403
from editor.settings import DATABASES, HOME  # noqa: E402

# A file, as in real life: threads of a test share it, which an in-memory database does badly.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME.root / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
