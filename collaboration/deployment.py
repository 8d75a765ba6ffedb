"""The bus that this deployment uses: of one process, or of several that share a Redis."""

from django.conf import settings

from collaboration.bus import Bus, LocalBus
from collaboration.redis_bus import RedisBus

bus: Bus = RedisBus() if settings.REDIS_URL else LocalBus()
