"""Imports go down only: the layers of the server, read from the sources themselves."""

import ast
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
APPS = ("editor", "collaboration", "generation")
EVERYONE_MAY = ("editor.models", "editor.selectors", "editor.score", "editor.home")


def modules() -> dict[str, Path]:
    """Every module of the three apps by its dotted name."""
    found = {}
    for app in APPS:
        for path in (CHECKOUT / app).rglob("*.py"):
            parts = list(path.relative_to(CHECKOUT).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            found[".".join(parts)] = path
    return found


def imports(name: str, path: Path, *, lazy: bool = True) -> set[str]:
    """Dotted names that a module imports; without `lazy` only those at import time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                root = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*root, *filter(None, [base])])
            names = {f"{base}.{alias.name}" for alias in node.names}
            # `from collaboration import services` means the module, not the package.
            found |= names if names <= MODULES.keys() else {base, *names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not lazy:
            continue
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not lazy:
            todo += node.orelse
            continue
        todo += ast.iter_child_nodes(node)
    return found


def within(name: str, *packages: str) -> bool:
    """Whether a dotted name lies in one of the packages."""
    return any(name == package or name.startswith(package + ".") for package in packages)


MODULES = modules()


def offences(places: tuple[str, ...], refused: tuple[str, ...], *but: str) -> list[str]:
    """Imports from `places` of what is `refused`, except what `but` allows."""
    return sorted(
        f"{name} imports {target}"
        for name, path in MODULES.items()
        if within(name, *places)
        for target in imports(name, path)
        if within(target, *refused)
        and not within(target, *but)
        # Benches share a stage; nobody else knows them.
        and not (".benches" in name and ".benches" in target)
    )


RULES = {
    "the score is pure": (
        ("editor.score",),
        ("django", "torch", "pycrdt", "channels", "editor", "collaboration", "generation"),
        ("editor.score",),
    ),
    "collaboration never imports generation": (("collaboration",), ("generation",), ()),
    "collaboration imports little of the editor": (
        ("collaboration",),
        ("editor",),
        EVERYONE_MAY,
    ),
    "files know neither services nor views": (
        ("editor.files",),
        ("editor.services", "editor.views", "editor.models", "collaboration", "generation"),
        (),
    ),
    "selectors only read": (
        ("editor.selectors",),
        ("editor.services", "editor.views", "editor.files", "collaboration", "generation"),
        (),
    ),
    "models know nobody": (
        ("editor.models",),
        ("editor.services", "editor.views", "editor.selectors", "collaboration", "generation"),
        (),
    ),
    "services don't know views": (("editor.services",), ("editor.views",), ()),
    "the live document is reached through its services": (
        ("editor.services", "editor.views", "editor.demo", "editor.management", "generation"),
        ("collaboration",),
        ("collaboration.services",),
    ),
    "the editor asks no engine": (
        ("editor.services", "editor.views", "editor.files"),
        ("generation",),
        (),
    ),
    "generation reads the editor through what everyone may": (
        ("generation",),
        ("editor",),
        (*EVERYONE_MAY, "editor.files"),
    ),
    "engines and voices know no Django": (
        ("generation.engines", "generation.voices", "generation.composer", "generation.ports"),
        ("django", "channels", "editor.models", "collaboration", "generation.consumers"),
        (),
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_layer(rule: str) -> None:
    places, refused, allowed = RULES[rule]
    assert offences(places, refused, *allowed) == []


def test_rules_speak_of_modules_that_exist() -> None:
    for rule, (places, _, _) in RULES.items():
        assert any(within(name, *places) for name in MODULES), rule


def test_a_forbidden_import_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "tempo.py"
    source.write_text("from ..models import Person\ndef f():\n    import torch\n")
    seen = imports("editor.score.tempo", source)
    assert {"editor.models.Person", "torch"} <= seen
    assert "torch" not in imports("editor.score.tempo", source, lazy=False)


def test_the_web_process_never_loads_torch_or_music21() -> None:
    """Follow every import, lazy ones too, from the web process's entry."""
    heavy = ("torch", "music21")
    seen: dict[str, str] = {}
    todo = [("editor.asgi", ""), ("editor.urls", "editor.asgi"), ("editor.settings", "")]
    todo += [(f"{app}.{part}", "settings") for app in APPS for part in ("apps", "models")]
    while todo:
        name, parent = todo.pop()
        if name in seen or name not in MODULES:
            continue
        seen[name] = parent
        for target in imports(name, MODULES[name]):
            assert not within(target, *heavy), f"{name} (through {parent}) imports {target}"
            todo.append((target, name))
            # Importing a.b.c runs a and a.b too.
            todo += [(target.rsplit(".", n)[0], name) for n in range(1, target.count(".") + 1)]
    assert len(seen) > 10


def test_set_up_needs_the_standard_library_alone() -> None:
    """Before anything is installed only these modules run."""
    places = ("editor.bootstrap", "editor.installation", "editor.serving.options",
              "editor.serving.addresses", "editor.serving.ports", "editor.home")  # fmt: skip
    for name, path in MODULES.items():
        if not within(name, *places):
            continue
        for target in imports(name, path, lazy=False):
            top = target.split(".")[0]
            known = top in sys.stdlib_module_names or within(target, "editor", *places)
            assert known, f"{name} imports {target}"
            if within(target, "editor") and target in MODULES and target != "editor":
                assert within(target, *places, "editor.serving"), f"{name} imports {target}"
