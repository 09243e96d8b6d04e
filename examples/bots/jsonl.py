#!/usr/bin/python3
"""A bot of one's own, moderated by Decorum: here its chat is standard input, a line "name: text" each.

    decorum init chat.db --set mode=enforce
    printf 'ann: hello\nbob: you are a fucking idiot\n' | python3 jsonl.py decorum

The events go to decorum's standard input, the calls come from its standard output, one JSON object a line. A call
has a key: it may come twice, when decorum was killed before it had our answer, and then we have done it already.
"""

import json
import os
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


class Moderation:
    """Runs decorum; do(call) is called for each call, and raises what stands in its way."""

    def __init__(self, program, do):
        self.do, self.made = do, set()
        self.process = subprocess.Popen(
            [program, "run", os.path.join(HERE, "jsonl.lua")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.lock = threading.Lock()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def write(self, **line):
        with self.lock:
            self.process.stdin.write(json.dumps(line) + "\n")
            self.process.stdin.flush()

    def read(self):
        for line in self.process.stdout:
            call = json.loads(line)
            if call["type"] != "call":
                continue  # a decision, which is news and nothing to do
            try:
                if call["key"] not in self.made:
                    self.do(call)
                    self.made.add(call["key"])
                self.write(type="done", key=call["key"])
            except NotImplementedError as why:
                self.write(type="failed", key=call["key"], why=str(why))

    def end(self):
        self.write(type="end")  # no more events: decorum makes the last calls, hears what we answer, and ends
        self.reader.join()
        return self.process.wait()


def do(call):
    """What your chat can do. Here it is only said."""
    name, who, text = call["call"], call.get("name", ""), call.get("text", "")
    if name in ("say", "dm"):
        print(f"[{call.get('channel', who)}] {text}", flush=True)
    elif name in ("reply", "warn"):  # where others read it, too: so say whom it is to
        print(f"[{call.get('channel', who)}] {who}: {text}", flush=True)
    elif name in ("mute", "unmute", "kick", "ban", "unban", "delete"):
        print(f"* {name} {who}", flush=True)
    else:
        raise NotImplementedError(f"this chat has no {name}")


def main():
    moderation = Moderation(sys.argv[1], do)
    for number, line in enumerate(sys.stdin):
        name, _, text = line.rstrip("\n").partition(": ")
        moderation.write(type="message", id=f"{os.getpid()}-{number}", channel="lobby", member=name, name=name, text=text)
    sys.exit(moderation.end())


main()
