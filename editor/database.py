"""Which database the settings speak of: SQLite in the home folder, or PostgreSQL by its URL."""

from pathlib import Path
from typing import Final, TypedDict

from django.core.exceptions import ImproperlyConfigured

VARIABLE: Final = "ANTIPHON_DATABASE"
SCHEMES: Final = ("postgresql://", "postgres://")
LOCK_SECONDS: Final = 20
"""How long a writer waits for others before it reports an error."""


class Database(TypedDict, total=False):
    """One entry of Django's DATABASES."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    CONN_MAX_AGE: int | None
    CONN_HEALTH_CHECKS: bool
    OPTIONS: dict[str, object]
    TEST: dict[str, object]


def sqlite(file: Path, synchronous: str) -> Database:
    """A SQLite file in WAL mode.

    Args:
        file: where it lies.
        synchronous: "NORMAL" survives the death of every process, "FULL" a power loss as well.
    """
    return Database(
        ENGINE="django.db.backends.sqlite3",
        NAME=str(file),
        OPTIONS={
            "timeout": LOCK_SECONDS,
            # A transaction takes the write lock when it begins, so that it can't fail half-way.
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                f"PRAGMA synchronous={synchronous};"
                "PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-16000;"
            ),
        },
    )


def postgresql(url: str) -> Database:
    """The database of a `postgresql://user:password@host:port/name?option=…` URL.

    Commits wait for the disk of the server (synchronous_commit=on), whatever it is set to.

    Raises:
        ImproperlyConfigured: it is no such URL, or names no database.
    """
    from psycopg import ProgrammingError, conninfo

    if not url.startswith(SCHEMES):
        raise ImproperlyConfigured(
            f"{VARIABLE} is to begin with {SCHEMES[0]}; unset it to use SQLite."
        )
    try:
        named = {key: str(value) for key, value in conninfo.conninfo_to_dict(url).items()}
    except ProgrammingError as error:
        # The text of the error may repeat the URL, and with it the password.
        raise ImproperlyConfigured(
            f"{VARIABLE} can't be read as postgresql://user:password@host:port/name. "
            "Characters such as @ / : in a password are written as %40 %2F %3A."
        ) from error.with_traceback(None)
    if not named.get("dbname"):
        raise ImproperlyConfigured(f"{VARIABLE} names no database: add /name to its end.")
    main = {key: named.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    settings = f"-c synchronous_commit=on -c lock_timeout={LOCK_SECONDS}s"
    named["options"] = f"{named.get('options', '')} {settings}".strip()
    named.setdefault("connect_timeout", "5")
    return Database(
        ENGINE="django.db.backends.postgresql",
        NAME=main["dbname"],
        USER=main["user"],
        PASSWORD=main["password"],
        HOST=main["host"],
        PORT=main["port"],
        # Threads keep their connection; one that broke is replaced after the error.
        CONN_MAX_AGE=None,
        CONN_HEALTH_CHECKS=True,
        OPTIONS=dict(named),
    )
