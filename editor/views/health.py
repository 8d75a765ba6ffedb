"""``/healthz``: whether this process can serve people."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

LEAST_FREE_BYTES = 200 * 1024 * 1024


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and the disk has room, else 503.

    The body says ``{"status", "database", "free_disk_bytes"}``.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except DatabaseError:
        database = "unreachable"
    free = shutil.disk_usage(settings.HOME.root).free
    well = database == "ok" and free >= LEAST_FREE_BYTES
    body = {
        "status": "ok" if well else "failing",
        "database": database,
        "free_disk_bytes": free,
    }
    return JsonResponse(body, status=200 if well else 503)
