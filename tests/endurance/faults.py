"""A bot that ends at each of its steps in turn: writes, syncs, lines on standard output. Prints TAP.

    faults.py PROGRAM EXTENSION FAULT_LIBRARY EVERY [SEED]

A short story is told to a bot that ends at step N (fault.c), and again to one that does not; then all must hold that holds of a bot that
was never ended. For every EVERYth N, as by kill -9 and as by a power cut in which is lost what was not synced.
"""
import concurrent.futures
import os
import random
import shutil
import sys
import tempfile
import time

from bot import Bot, Platform, person_of
from crash import Tap, connect, make_file
import invariants

LIFE_S = 30


class Script:
    """What is told: something of everything."""

    def __init__(self, now):
        self.said, self.joins, self.commands, self.events = {}, [], {}, []
        for i, (person, text) in enumerate([
                ("p1", "hello"), ("p2", "you are a fucking idiot"), ("p3", "hello all"), ("p2", "shut up, you stupid moron"),
                *[("p4", "buy cheap watches at example.org")] * 6]):
            name = f"m{i}"
            self.said[name] = {"person": person, "text": text, "edits": 0, "is_deleted": False}
            self._add(now + i / 1000, type="message", id=name, channel="#lobby", member=person, name=person, text=text)
        for token, text in (("c1", "!mute 1h p1 c1"), ("c2", "!undo 2 c2"), ("c3", "!ban p3 c3")):
            self.commands[token] = {"kind": text[1:5]}
            self._add(now + 0.02, type="message", id=token, channel="#lobby", member="mod", name="mod", rank=2, text=text)
        self.said["m0"].update(text="you are pathetic, you piece of shit", edits=1)
        self._add(now + 0.03, type="edit", id="m0", text=self.said["m0"]["text"])
        self.said["m2"]["is_deleted"] = True
        self._add(now + 0.03, type="delete", id="m2")
        self.joins.append("j1")
        self._add(now + 0.03, type="join", id="j1", channel="#lobby", member="p9")

    def _add(self, at, **event):
        self.events.append({"at": at, **event})


def live(bot, script, platform, **environment):
    """Tells all of it, a line at a time; the bot ends by itself, or at its fault."""
    bot.start(**environment)
    told = script.events + [{"type": "end"}]
    until = time.monotonic() + LIFE_S
    while not bot.is_over and time.monotonic() < until:
        if told and not bot.backlog():
            bot.feed(told.pop(0))
        for said in bot.turn(0.002 if told else 0.1):
            answer = platform.take(said)
            if answer:
                bot.feed(answer)
    for said in bot.wait(limit_s=1):
        platform.take(said)
    return bot.status


def remove_shared_memory(folder):
    path = os.path.join(folder, "chat.db-shm")
    if os.path.exists(path):
        os.remove(path)


def keys_of(extension, folder):
    """What is owed by the file as it was left, which is not touched."""
    copy = tempfile.mkdtemp(prefix="decorum-fault-")
    try:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        db = connect(extension, copy)
        keys = {key for (key,) in db.execute("SELECT key FROM outbox")}
        db.close()
        return keys
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def steps_of(program, library, template):
    """How many steps there are; one more or less, by how the turns fall."""
    folder = tempfile.mkdtemp(prefix="decorum-fault-")
    try:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        platform = Platform(random.Random(0), person_of, is_kind=True)
        live(Bot(program, folder), Script(time.time()), platform, LD_PRELOAD=library, FAULT_COUNT="count")
        with open(os.path.join(folder, "count")) as file:
            return int(file.read())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def one(program, extension, library, template, step, mode, seed):
    """One run; returns what is wrong after it, or nothing if the step was never reached."""
    folder = tempfile.mkdtemp(prefix="decorum-fault-")
    try:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        script, bot = Script(time.time()), Bot(program, folder)
        platform = Platform(random.Random(seed), person_of, is_kind=True)
        status = live(bot, script, platform, LD_PRELOAD=library, FAULT_AT=str(step), FAULT_MODE=mode, FAULT_SEED=str(seed + step))
        if status == 0:
            return None
        wrong = [] if status == 137 else [f"it ended with status {status} instead of 137"]
        remove_shared_memory(folder)
        wrong += [f"called, and not in the file: {key}" for key in platform.seen.keys() - keys_of(extension, folder)]
        status = live(bot, script, platform)
        wrong += [] if status == 0 else [f"afterwards, it ended with status {status}"]
        db = connect(extension, folder)
        for what, found in (*invariants.of_file(db), *invariants.of_chat(db, script),
                            *invariants.of_platform(db, platform, script, time.time())):
            wrong += [f"{what}: {line}" for line in found]
        db.close()
        return wrong
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(program, extension, library, every, seed):
    tap = Tap()
    print(f"# seed {seed}")
    template = tempfile.mkdtemp(prefix="decorum-fault-")
    try:
        make_file(program, template, "brake_percent=0")
        count = steps_of(program, library, template)
        steps = range(1 + seed % every, count + 1, every)
        for mode, name in (("kill", "killed"), ("lose", "without power, what was not synced is lost"),
                           ("some", "without power, some of what was not synced is lost")):
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                runs = list(pool.map(lambda step: one(program, extension, library, template, step, mode, seed), steps))
            wrong = [f"step {step}: {line}" for step, found in zip(steps, runs) for line in found or ()]
            reached = len([found for found in runs if found is not None])
            tap.ok(wrong or ([] if reached > len(steps) / 2 else [f"only {reached} of {len(steps)} steps were reached"]),
                   f"{name}: all holds, at {reached} of {count} steps")
    finally:
        shutil.rmtree(template, ignore_errors=True)
    return tap.finish()


if __name__ == "__main__":
    given = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(1 << 16)
    sys.exit(main(*(os.path.abspath(path) for path in sys.argv[1:4]), int(sys.argv[4]), given))
