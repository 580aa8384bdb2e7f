"""The formats of `qarchive export`: each file of exports/ with `write` or `write_to` is one."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import exports


def formats() -> dict[str, str]:
    """The first line of each format's docstring, by the format's name; imports none of them."""
    found = {}
    for file in sorted(Path(exports.__path__[0]).glob("*.py")):
        module = ast.parse(file.read_bytes())
        functions = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
        if functions & {"write", "write_to"}:
            found[file.stem] = (ast.get_docstring(module) or "").partition("\n")[0]
    return found


def writers() -> dict[str, Callable[[Path, Path], int]]:
    """What writes each format, by its file or folder in ARCHIVE/exports."""
    modules = [import_module(f"exports.{name}") for name in formats()]
    return {export_name(module): module.write for module in modules}


def export_name(module: ModuleType) -> str:
    """The file or folder of a format in ARCHIVE/exports: its `NAME`, or else the module's name."""
    return str(getattr(module, "NAME", module.__name__.rpartition(".")[2]))
