"""A chat that gives a moderator work: an endless list of events, the same for the same seed.

    chat = Chat(random.Random(7), people=40)
    event = chat.next()              # as the adapter jsonl takes it
    chat.said["m17"]                 # what is to be in the file in the end: who said it, and the newest text
    chat.commands["c12"]             # what moderators asked for
    chat.joins, chat.names

Most of it is talk. Some insult, some flood, some edit and delete, come, leave and change their nicks; two moderators mute, warn, ban
and take back. Every text is told apart by a number, but those of a flood.
"""
import time

TALK = ["has anybody tried the new release", "the build is slow today", "I will look at it after lunch", "does this work on a phone",
        "thanks, that was it", "see the manual, section two", "it rains here", "who wants coffee", "the tests pass on my machine"]
INSULTS = ["you are a fucking idiot", "shut up, you stupid moron", "you are pathetic, you piece of shit", "nobody likes you, idiot"]


class Chat:
    def __init__(self, random, people=40, now=time.time, moderators=2, work=0.05):
        self.random, self.now, self.work = random, now, work
        self.people = [f"p{i}" for i in range(1, people + 1)]
        self.moderators = [f"mod{i}" for i in range(1, moderators + 1)]
        self.nick = {person: person for person in self.people + self.moderators}
        self.said, self.commands, self.joins, self.edits = {}, {}, [], 0
        self.number, self.queue, self.last_at = 0, [], 0
        self.spoke, self.cases = [], 0

    def next(self):
        if not self.queue:
            self.queue = self._some()
        return self.queue.pop(0)

    def before(self, count):
        """What some of them said before the bot came: without it nobody counts for the brake."""
        events = [{**self._talk(person), "at": self.now() - 1200} for person in self.people[:count]]
        self.last_at = 0
        return events

    def _number(self):
        self.number += 1
        return self.number

    def _event(self, kind, **more):
        self.last_at = max(self.now(), self.last_at + 0.001)
        return {"type": kind, "at": round(self.last_at, 3), **more}

    def _say(self, person, text, **more):
        number = self._number()
        event = self._event("message", id=f"m{number}", channel="#lobby", member=self.nick[person], text=text, name=person, **more)
        self.said[event["id"]] = {"person": person, "text": text, "edits": 0, "is_deleted": False, "number": number}
        if person not in self.spoke + self.moderators:
            self.spoke.append(person)
        return event

    def _talk(self, person):
        return self._say(person, f"{self.random.choice(TALK)} {self.number}")

    def _some(self):
        chance, person = self.random.random(), self.random.choice(self.people)
        if chance < self.work:
            return self._moderate()
        if chance < 0.55:
            return [self._talk(person)]
        if chance < 0.68:
            return [self._say(person, f"{self.random.choice(INSULTS)} {self.number}")]
        if chance < 0.69: # immune
            return [self._say(self.random.choice(self.moderators), f"{self.random.choice(INSULTS)} {self.number}", rank=2)]
        if chance < 0.72:
            text = f"buy cheap watches at example.org {self.random.randrange(5)}"
            return [self._say(person, text) for _ in range(self.random.randrange(3, 9))]
        if chance < 0.80:
            return self._edit()
        if chance < 0.85:
            return self._delete()
        if chance < 0.92:
            event = self._event("join", id=f"j{self._number()}", channel="#lobby", member=self.nick[person])
            self.joins.append(event["id"])
            return [event]
        if person not in self.spoke: # whose first nick the bot does not know
            return [self._talk(person)]
        if chance < 0.96:
            before = self.nick[person]
            self.nick[person] = person if before != person else f"{person}.{self.random.choice(['away', 'busy'])}"
            return [self._event("nick", member=before, to=self.nick[person])]
        before, self.nick[person] = self.nick[person], person
        return [self._event("leave", member=before)]

    def _recent(self):
        return [f"m{i}" for i in range(max(1, self.number - 30), self.number + 1) if f"m{i}" in self.said]

    def _edit(self):
        recent = self._recent()
        if not recent:
            return [self._talk(self.people[0])]
        name = self.random.choice(recent)
        said = self.said[name]
        said["edits"] += 1
        self._number()
        said["text"] = f"{self.random.choice(INSULTS if self.random.random() < 0.3 else TALK)} {self.number}"
        return [self._event("edit", id=name, text=said["text"])]

    def _delete(self):
        recent = self._recent()
        if not recent:
            return [self._talk(self.people[0])]
        name = self.random.choice(recent)
        self.said[name]["is_deleted"] = True
        return [self._event("delete", id=name)]

    # What a moderator does to somebody whom the bot knows.
    def _moderate(self):
        if not self.spoke:
            return [self._talk(self.people[0])]
        token = f"c{self._number()}"
        who, moderator = self.random.choice(self.spoke), self.random.choice(self.moderators)
        seconds = self.random.randrange(1, 4)
        kind, text = self.random.choice([
            ("mute", f"!mute {seconds}s {who} {token}"), ("warn", f"!warn {who} {token}"), ("ban", f"!tempban {seconds}s {who} {token}"),
            ("note", f"!note {who} {token}"), ("kick", f"!kick {who} {token}"),
            ("immune", f"!immune {who} {self.random.choice(['on', 'off'])} {token}"), ("undo", "!undo"), ("enforce", f"!policy enforce {token}")])
        if kind == "undo":
            text = f"!undo {self.random.randrange(1, max(self.cases, 1) + 1)} {token}"
        self.commands[token] = {"kind": kind, "number": self.number}
        return [self._event("message", id=token, channel="#lobby", member=moderator, name=moderator, rank=2, text=text)]
