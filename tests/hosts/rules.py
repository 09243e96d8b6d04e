"""The rules of tests/sql/rules/ in Python's sqlite3 module. Prints TAP.

What the files hold is said in the README.md beside them; python.sh runs this.
"""

import os
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ.get("DECORUM_BUILD") or HERE.parent.parent / "build")
WRAPPER = (HERE / "rule.sql").read_text()

number = 0


def report(line):
    """Prints "ok - name", or "not ok - name" and what more there is to say, with its number."""
    global number
    number += 1
    print(re.sub(r"^(not )?ok ", lambda ok: f"{ok[0]}{number} ", line), flush=True)


def bound(item):
    """A value of a "-- bind" as the type by which Python binds it."""
    kind, _, text = item.partition(" ")
    return {
        "null": lambda: None,
        "int": lambda: int(text),
        "double": lambda: float(text),
        "text": lambda: text.replace("\\0", "\0"),
        "blob": lambda: bytes.fromhex(text),
    }[kind]()


def run(db, statement, failure, values):
    """Runs a statement, and reports the rules that it holds."""
    is_rule = re.match("SELECT|VALUES|WITH", statement) and not failure
    name, _, expected = failure.partition(": ")
    try:
        rows = db.execute(WRAPPER.replace("%", statement.rstrip().rstrip(";")) if is_rule else statement, values)
        for row in rows:
            if is_rule:
                report(row[0])
        got = "no error"
    except sqlite3.Error as error:
        got = str(error)
    if failure:
        report(f"ok - {name}" if got == expected else f"not ok - {name}\n# got      {got}\n# expected {expected}")
    elif got != "no error":
        report(f"not ok - no rule, but: {got}")


def run_file(path, folder):
    database = ":memory:"
    if re.search("^-- community$", path.read_text(), re.MULTILINE):
        database = f"{folder}/{path.stem}.db"
        subprocess.run([BUILD / "decorum", "init", "-q", database], check=True)
    db = sqlite3.connect(database, isolation_level=None)
    db.enable_load_extension(True)
    db.load_extension(str(BUILD / "decorum"))
    statement, failure, values = "", "", []
    for line in path.read_text().splitlines():
        if not statement and line.startswith("-- bind "):
            values = [bound(item) for item in line[8:].split(", ")]
        elif not statement and line.startswith("-- error "):
            failure = line[9:]
        elif statement or not re.match("--|$", line):
            statement += line + "\n"
            if line.endswith(";"):
                run(db, statement, failure, values)
                statement, failure, values = "", "", []
    if statement:
        report("not ok - a statement without an end")
    db.close()


def main():
    files = sorted((HERE.parent / "sql" / "rules").glob("*.sql"))
    plans = [re.findall(r"^-- plan (\d+)$", path.read_text(), re.MULTILINE) for path in files]
    print(f"1..{sum(int(plan) for found in plans for plan in found)}")
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            run_file(path, folder)


main()
