"""Runs Daphne with the application, from migrated database to Ctrl-C."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from editor.home import Home, current_home
from editor.serving.certificate import ensure_certificate
from editor.serving.options import StartOptions, bracketed


def serve(options: StartOptions) -> int:
    """Serve until the process is told to stop; return its exit status.

    The options' environment variables must be in place before this is called.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "editor.settings")
    home = current_home()
    try:
        home.prepare()
    except OSError as error:
        print(
            f"{home.root} can't be written ({error.strerror}). "
            "Set ANTIPHON_HOME to a folder of your own.",
            file=sys.stderr,
        )
        return 1
    import django

    django.setup()
    _prepare_database()
    fingerprint = ensure_certificate(home, options.names) if options.secure else ""
    return _run(options, home, fingerprint)


def _prepare_database() -> None:
    """Bring the tables up to date and lay the demo score in place."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("  …  Database", file=sys.stderr, flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("ensure_demo", verbosity=0)
    connection.close()


def _run(options: StartOptions, home: Home, fingerprint: str) -> int:
    from editor.asgi import application
    from editor.serving.body_limit import BoundedServer

    forwarded = "X-Forwarded-For" if options.behind_proxy else None
    server = BoundedServer(
        application,
        endpoints=[_endpoint(options, home)],
        websocket_timeout=-1,  # people keep a score open for days
        request_buffer_size=64 * 1024,
        proxy_forwarded_address_header=forwarded,
        proxy_forwarded_proto_header="X-Forwarded-Proto" if options.behind_proxy else None,
        verbosity=0,
        server_name="antiphon",
        ready_callable=lambda: _greet(options, home, fingerprint),
    )
    server.run()
    if server.abort_start:
        print(f"Can't listen on {options.host}:{options.port}.", file=sys.stderr)
        return 1
    print("\nStopped. Everything that was saved is in " + str(home.root), flush=True)
    return 0


def _endpoint(options: StartOptions, home: Home) -> str:
    interface = options.host.replace(":", "\\:")
    if not options.secure:
        return f"tcp:port={options.port}:interface={interface}"
    key = _escaped(home.certificate_key)
    certificate = _escaped(home.certificate)
    return f"ssl:port={options.port}:privateKey={key}:certKey={certificate}:interface={interface}"


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace(":", "\\:")


def _greet(options: StartOptions, home: Home, fingerprint: str) -> None:
    began = float(os.environ.get("ANTIPHON_BEGAN", time.time()))
    scheme = "https" if options.secure else "http"
    address = f"{scheme}://{bracketed(options.names[0])}:{options.port}/"
    lines = [f"Antiphon is ready ({time.time() - began:.1f} s).", f"  open           {address}"]
    if options.secure:
        lines += [
            "                 this address is the one to give to others",
            "                 browsers warn once: the certificate is this machine's own",
            f"  fingerprint    {fingerprint}",
        ]
    if options.behind_proxy and not options.hosts_named:
        lines.append("  hosts          set ANTIPHON_HOSTS to the names that the proxy serves")
    lines += [f"  people's work  {home.root}", "  stop           Ctrl-C"]
    print("\n".join(lines), flush=True)
