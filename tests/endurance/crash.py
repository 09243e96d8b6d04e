"""A bot that is killed, again and again, and what must hold all the same. Prints TAP.

    crash.py PROGRAM EXTENSION KILLS [SEED]

A chat is fed to `decorum run` through the adapter jsonl as fast as it takes it, by a peer that says again what may not have arrived.
Moderators sanction in the chat and, with the sqlite3 module, in the file. At random moments the bot is killed with -9:
while it starts, some time after its first word, at a call. In the end it is left alone until nothing is due.
"""
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from bot import Bot, Platform, person_of
from chat import Chat
import invariants

CONFIGURATION = """return { database = "chat.db", chat = { { "jsonl", answers = true, moderators = "mods" } } }\n"""
AGAIN = 40        # events that are told again beyond those that are known to be missing
AHEAD = 16384     # bytes that wait for the bot at most
NEW_MOST = 150    # events that are new in a life
LIFE_S, DRY_S = 1.5, 60


class Tap:
    def __init__(self):
        self.number, self.status = 0, 0

    def ok(self, wrong, what):
        self.number += 1
        self.status = self.status or int(bool(wrong))
        print(f"{'not ok' if wrong else 'ok'} {self.number} - {what}")
        for line in wrong[:10]:
            print(f"# {line}")
        sys.stdout.flush()

    def finish(self):
        print(f"1..{self.number}")
        return self.status


def make_file(program, folder, *settings):
    subprocess.run([program, "init", "-q", "chat.db", *(word for one in ("mode=enforce", *settings) for word in ("--set", one))],
                   cwd=folder, check=True)
    with open(os.path.join(folder, "bot.lua"), "w") as file:
        file.write(CONFIGURATION)


def connect(extension, folder):
    db = sqlite3.connect(os.path.join(folder, "chat.db"), timeout=20, isolation_level=None)
    db.enable_load_extension(True)
    db.load_extension(extension)
    return db


class Story:
    """All that happens: what was told, in its order, and from where on it is told again after a kill."""

    def __init__(self, program, extension, folder, seed, people):
        self.random = random.Random(seed)
        self.chat = Chat(self.random, people)
        self.platform = Platform(self.random, person_of)
        self.bot, self.db = Bot(program, folder), connect(extension, folder)
        self.told, self.next, self.new_until = self.chat.before(40), 0, 0
        self.holes, self.by_hand, self.calls, self.repeated = [], 0, 0, 0

    def _tell(self, is_new=True):
        if self.next == len(self.told):
            if not is_new:
                return False
            self.told.append(self.chat.next())
        self.bot.feed(self.told[self.next])
        self.next += 1
        return True

    def turn(self, timeout_s, is_new=True):
        """A moment; returns the number of calls that came."""
        while self.bot.backlog() < AHEAD and self._tell(is_new and len(self.told) < self.new_until):
            pass
        calls = 0
        for answer in self.platform.due():
            self.bot.feed(answer)
        for said in self.bot.turn(timeout_s):
            calls += said["type"] == "call"
            answer = self._answer(said)
            if answer:
                self.bot.feed(answer)
        self.calls += calls
        return calls

    def _answer(self, said):
        self.repeated += said.get("key") in self.platform.seen
        self.chat.cases = max(self.chat.cases, said.get("case") or 0)
        return self.platform.take(said)

    def sanction_by_hand(self):
        """Somebody at a shell."""
        case = self.random.randrange(1, self.chat.cases + 1) if self.chat.cases else None
        self.by_hand += 1
        if case and self.random.random() < 0.4:
            self.db.execute("""
                INSERT INTO sanction(action, undoes, reason, moderator) SELECT 'undo', case_no, 'by hand', 'shell' FROM sanction
                WHERE case_no = ? AND action <> 'undo' AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = ?)""", (case, case))
        else:
            self.db.execute("""
                INSERT INTO sanction(member, action, duration_s, reason, moderator)
                SELECT id, ?, ?, 'by hand', 'shell' FROM member WHERE name GLOB 'p[0-9]*' ORDER BY random() LIMIT 1""",
                (self.random.choice(["mute", "timeout", "ban", "warn"]), self.random.choice([1, 2, None])))

    def live_and_die(self):
        """One life, to a random moment."""
        self.bot.start()
        self.new_until = len(self.told) + self.random.randrange(NEW_MOST)
        kind, moment = self.random.random(), self.random.uniform(0.001, 0.3)
        at_call = self.random.randrange(1, 60) if kind > 0.6 else None
        since, heard = time.monotonic(), 0
        limit = since + LIFE_S
        if self.random.random() < 0.3:
            self.sanction_by_hand()
        while time.monotonic() < limit and not self.bot.is_over:
            left = since + moment - time.monotonic()
            if kind < 0.2 and left <= 0:  # while it starts
                break
            heard += self.turn(min(max(left, 0.001), 0.02))
            if kind >= 0.2 and not heard:  # some time after its first word
                since = time.monotonic()
            elif at_call and heard >= at_call or not at_call and left <= 0:
                break
        if self.bot.is_over:
            self.holes.append("it ended by itself")
        for said in self.bot.kill():
            self._answer(said)
        self.platform.restart()
        self.find_back()

    def find_back(self):
        """What is in the file must be the beginning of what was told; from somewhere before its end it is told again."""
        there = {name for (name,) in self.db.execute("SELECT platform_id FROM message")}
        first_missing = None
        for i, event in enumerate(self.told):
            if event.get("id") in self.chat.said and event["type"] == "message":
                if event["id"] not in there and first_missing is None:
                    first_missing = i
                elif event["id"] in there and first_missing is not None:
                    self.holes.append(f"{event['id']} is there, {self.told[first_missing]['id']} before it is not")
        end = self.next if first_missing is None else first_missing
        self.next = max(0, end - AGAIN)

    def is_dry(self):
        return self.next == len(self.told) and not self.bot.backlog() and not self.db.execute("""
            SELECT 1 FROM outbox WHERE state IN ('sending', 'in doubt') OR (state = 'pending' AND due_at < ?) LIMIT 1""",
            (time.time() + 5,)).fetchone()

    def run_dry(self):
        """A last life in which all that is due is done, by a platform that does everything."""
        self.platform.is_kind = True
        self.told += self.chat.queue
        last = {"id": "last", "type": "message", "channel": "#lobby", "member": "p1", "name": "p1", "text": "the last word"}
        self.chat.said["last"] = {"person": "p1", "text": "the last word", "edits": 0, "is_deleted": False}
        self.chat.nick["p1"] = "p1"
        self.told.append({"type": "leave", "member": "p1.away", "at": time.time()})
        self.told.append({**last, "at": time.time()})
        self.bot.start()
        until, is_there = time.monotonic() + DRY_S, False
        while time.monotonic() < until and not self.bot.is_over:
            self.turn(0.05, is_new=False)
            is_there = is_there or self.db.execute("SELECT 1 FROM message WHERE platform_id = 'last'").fetchone()
            if is_there and self.is_dry():
                break
        self.bot.process.terminate()
        for said in self.bot.wait():
            self._answer(said)


def main(program, extension, kills, seed):
    tap = Tap()
    print(f"# seed {seed}")
    folder = tempfile.mkdtemp(prefix="decorum-crash-")
    try:
        make_file(program, folder, "brake_percent=30")
        story = Story(program, extension, folder, seed, people=40 + 8 * kills)
        for _ in range(kills):
            story.live_and_die()
        tap.ok(story.holes, f"killed {kills} times: what is in the file is the beginning of what was told, each time")
        story.run_dry()
        tap.ok([] if story.bot.status == 0 else [f"status {story.bot.status}"], "left alone, it does what is due and ends when it is told to")
        now, db = time.time(), story.db
        counts = db.execute("""SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM sanction),
            (SELECT count(*) FROM sanction WHERE policy IS NOT NULL), (SELECT count(*) FROM outbox),
            (SELECT count(*) FROM mode_change WHERE cause = 'brake')""").fetchone()
        print("# %d messages, %d cases, %d of them by policies, %d calls owed, %d times the brake held" % counts,
              f"; {story.calls} calls heard, {story.repeated} of them again; {len(story.chat.commands)} commands, {story.by_hand} by hand")
        for what, wrong in (*invariants.of_file(db), *invariants.of_chat(db, story.chat),
                            *invariants.of_platform(db, story.platform, story.chat, now)):
            tap.ok(wrong, what)
    finally:
        if tap.status and os.environ.get("DECORUM_KEEP"):
            print(f"# kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return tap.finish()


if __name__ == "__main__":
    given = sys.argv[4] if len(sys.argv) > 4 else str(random.randrange(1 << 31))
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3]), given))
