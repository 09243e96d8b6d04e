"""A bot under test: `decorum run` with the adapter jsonl, and the platform that it moderates.

    bot = Bot(program, folder)
    platform = Platform(random.Random(7))
    bot.start()
    bot.feed({"type": "message", ...})
    while ...:
        for call in bot.turn(0.05):      # writes what fits, reads what came; never waits for the one while the other could go on
            answer = platform.take(call)
            if answer: bot.feed(answer)
    bot.kill()                           # -9; what it had said is still read

The platform does what it is called for when the call comes, and answers at once, late, or never; it may refuse to say something, or ask
to be called again later. So what it holds is what the calls, in their order, have made of it.
"""
import heapq
import json
import os
import re
import selectors
import signal
import subprocess
import time


class Bot:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def start(self, **environment):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [self.program, "run", "bot.lua"], cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.log, env={**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0", **environment})
        for stream in (self.process.stdin, self.process.stdout):
            os.set_blocking(stream.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        self.outgoing, self.rest, self.is_over, self.is_deaf = b"", b"", False, False
        self.started_at = time.monotonic()

    def feed(self, event):
        self.outgoing += json.dumps(event).encode() + b"\n"

    def backlog(self):
        """Bytes that it has not taken yet."""
        return len(self.outgoing)

    def _write(self):
        try:
            while self.outgoing and not self.is_deaf:
                self.outgoing = self.outgoing[os.write(self.process.stdin.fileno(), self.outgoing[:65536]):]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self.is_deaf = True

    def turn(self, timeout_s):
        """Lets a moment pass; returns the objects that it has said."""
        self._write()
        wants_write = bool(self.outgoing) and not self.is_deaf
        if wants_write:
            self.selector.register(self.process.stdin, selectors.EVENT_WRITE)
        ready = {key.fileobj for key, _ in self.selector.select(timeout_s)}
        if wants_write:
            self.selector.unregister(self.process.stdin)
            if self.process.stdin in ready:
                self._write()
        return self._read() if self.process.stdout in ready else []

    def _read(self):
        try:
            part = os.read(self.process.stdout.fileno(), 1 << 20)
        except BlockingIOError:
            return []
        if not part:
            self.is_over = True
        *lines, self.rest = (self.rest + part).split(b"\n")
        return [json.loads(line) for line in lines]

    def kill(self):
        """Kills it with -9; returns what it had still said."""
        self.process.send_signal(signal.SIGKILL)
        return self.wait()

    def wait(self, limit_s=30):
        """Waits until it has ended by itself; returns what it still said."""
        said = []
        until = time.monotonic() + limit_s
        while not self.is_over and time.monotonic() < until:
            said += self.turn(0.1)
        if not self.is_over:
            self.process.kill()
        self.status = self.process.wait()
        self.selector.close()
        for stream in (self.process.stdin, self.process.stdout, self.log):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        return said


class Platform:
    """Who is muted and banned here, and what was called: `seen` counts the calls by their key."""

    STATES = {"mute": ("muted", True), "unmute": ("muted", False), "ban": ("banned", True), "unban": ("banned", False)}

    def __init__(self, random, person_of, is_kind=False):
        self.random, self.person_of, self.is_kind = random, person_of, is_kind
        self.muted, self.banned, self.seen, self.about, self.late = set(), set(), {}, {}, []
        self.contradictions = []

    def take(self, call):
        """Does what is called for. Returns the answer; or None, and then maybe due() has it later."""
        if call["type"] != "call":
            return None
        key, name = call["key"], call["call"]
        self.seen[key] = self.seen.get(key, 0) + 1
        about = (name, call.get("member") and self.person_of(call["member"]), call.get("case"))
        if self.about.setdefault(key, about) != about:
            self.contradictions.append(f"{key}: {self.about[key]}, then {about}")
        chance = 0 if self.is_kind else self.random.random()
        if chance > 0.97:  # not done: once more, please
            return {"type": "failed", "key": key, "why": "rate limit", "retry": True}
        if name in self.STATES:
            where, is_in = self.STATES[name]
            people = {self.person_of(one) for one in call.get("members", [call["member"]])}
            if len(people) > 1:
                self.contradictions.append(f"{key} is about {people}")
            (getattr(self, where).update if is_in else getattr(self, where).difference_update)(people)
        elif chance > 0.93:
            return {"type": "failed", "key": key, "why": "takes no messages"}
        if chance > 0.89:  # never answered
            return None
        answer = {"type": "done", "key": key}
        if chance > 0.6:
            heapq.heappush(self.late, (time.monotonic() + self.random.uniform(0, 0.2), key, answer))
            return None
        return answer

    def due(self):
        """Answers whose time has come."""
        while self.late and self.late[0][0] <= time.monotonic():
            yield heapq.heappop(self.late)[2]

    def restart(self):
        self.late = []


def person_of(member):
    """People are p1, p2...; p1.away is the same one by another nick."""
    return re.sub(r"\..*", "", member)
