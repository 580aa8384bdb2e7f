"""The formats of `qarchive export`: each file of exports/ that defines `write` is one."""

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import exports


def formats() -> dict[str, str]:
    """The first line of each format's docstring, by the format's name; imports none of them."""
    found = {}
    for file in sorted(Path(exports.__path__[0]).glob("*.py")):
        module = ast.parse(file.read_bytes())
        if "write" in _defined(module):
            found[file.stem] = (ast.get_docstring(module) or "").partition("\n")[0]
    return found


def _defined(module: ast.Module) -> Iterator[str]:
    """Yield the names of functions, and those that are set, as in `write = as_file(write_to)`."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from map(ast.unparse, node.targets)


def writers() -> dict[str, Callable[[Path, Path], int]]:
    """What writes each format, by its file or folder in ARCHIVE/exports."""
    modules = [import_module(f"exports.{name}") for name in formats()]
    return {export_name(module): module.write for module in modules}


def export_name(module: ModuleType) -> str:
    """The file or folder of a format in ARCHIVE/exports: its `NAME`, or else the module's name."""
    return str(getattr(module, "NAME", module.__name__.rpartition(".")[2]))
