"""Inserts and updates rows that are given as dictionaries, by column."""

import sqlite3
from functools import cache
from typing import Any


def insert_row(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Insert a row. Returns its rowid."""
    rowid = db.execute(_insertion(table, tuple(row)), row).lastrowid
    assert rowid is not None
    return rowid


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    values = ", ".join(f":{column}" for column in columns)
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES ({values})"


def update_row(db: sqlite3.Connection, table: str, rowid: int, row: dict[str, Any]) -> None:
    columns = ", ".join(f"{name}=:{name}" for name in row)
    db.execute(f"UPDATE {table} SET {columns} WHERE rowid=:rowid", row | {"rowid": rowid})
