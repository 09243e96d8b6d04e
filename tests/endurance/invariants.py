"""What must hold of a community's file, whatever was killed on the way. Each returns a list of what is wrong, in words.

    for what, wrong in invariants.of_file(db): ...              at any time
    for what, wrong in invariants.of_chat(db, chat): ...        when all that was fed has been taken
    for what, wrong in invariants.of_platform(db, platform, chat, now): ...     when nothing is due any more
"""


def rows(db, sql, *values):
    return [" | ".join(map(str, row)) for row in db.execute(sql, values)]


# Decisions of one look at a message, of which one sanction follows: the strongest that may act. Who is immune then, has none.
LOOKS = """
    SELECT message, seq, max(id) AS last, member FROM decision
    WHERE mode = 'enforce' AND action IN ('warn', 'delete', 'slowmode', 'mute', 'timeout') GROUP BY message, seq"""

FILE = {
    "the file is sound": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "every reference leads somewhere": "SELECT * FROM pragma_foreign_key_check",
    "cases are numbered from 1 without gaps":
        "SELECT count(*), min(case_no), max(case_no) FROM sanction HAVING count(*) > 0 AND (min(case_no), max(case_no)) <> (1, count(*))",
    "the log is numbered without gaps": """
        SELECT * FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS n FROM (
          SELECT seq FROM assessment UNION ALL SELECT seq FROM log_entry)) WHERE seq <> n""",
    "every decision that sanctions has one sanction, and it is the strongest's": f"""
        SELECT look.* FROM ({LOOKS}) AS look WHERE
          (SELECT group_concat(sanction.decision) FROM sanction JOIN decision ON decision.id = sanction.decision
            WHERE decision.message = look.message AND decision.seq = look.seq AND sanction.moderator IS NULL)
          IS NOT iif(coalesce((SELECT immune FROM immunity WHERE immunity.member = look.member AND immunity.seq <= look.seq
              ORDER BY immunity.seq DESC LIMIT 1), 0), NULL,
            (SELECT CAST(decision.id AS TEXT) FROM decision JOIN decorum_action ON name = action
              WHERE message = look.message AND seq = look.seq AND mode = 'enforce' AND sanctions
              ORDER BY decorum_action.severity DESC, decision.id LIMIT 1))""",
    "no sanction follows from what only observes": """
        SELECT case_no, decision FROM sanction JOIN decision ON decision.id = decision WHERE mode <> 'enforce'""",
    "no decision has two sanctions": "SELECT decision FROM sanction WHERE decision IS NOT NULL GROUP BY decision HAVING count(*) > 1",
    "no message is assessed twice at a revision": """
        SELECT message.id, message.revision, count(*) FROM message JOIN assessment ON message = message.id
        GROUP BY message.id HAVING count(*) <> message.revision + 1""",
    "each policy has decided once about each message as it was first said": """
        SELECT said.id, (SELECT count(*) FROM decision WHERE message = said.id AND seq = first.seq)
        FROM message AS said JOIN assessment AS first ON first.message = said.id AND first.revision = 0
        WHERE (SELECT count(*) FROM decision WHERE message = said.id AND seq = first.seq)
          <> (SELECT count(*) FROM policy WHERE active)""",
    "each sanction of somebody here owes its calls": """
        SELECT case_no, call FROM sanction LEFT JOIN sanction AS undone ON undone.case_no = sanction.undoes
          JOIN owed_call ON owed_call.action = coalesce(undone.action, sanction.action) AND is_undo = (undone.case_no IS NOT NULL)
          JOIN account ON account.member = sanction.member JOIN connection USING (platform)
        WHERE (NOT at_end OR sanction.ends_at IS NOT NULL) AND (sanction.policy IS NULL
            OR (SELECT live FROM message WHERE id = sanction.message))
          AND NOT EXISTS (SELECT 1 FROM outbox WHERE key = 'case ' || sanction.case_no || ' ' || call || ' ' || connection.platform)"""
    .replace("SELECT case_no, call", "SELECT sanction.case_no, call", 1),
}


def of_file(db):
    for what, sql in FILE.items():
        yield what, rows(db, sql)


def of_chat(db, chat):
    there = {name: (person, text, revision, deleted_at is not None) for name, person, text, revision, deleted_at in db.execute("""
        SELECT platform_id, member.name, text, revision, deleted_at
        FROM message JOIN message_text ON message = message.id JOIN member ON member.id = member""")}
    said = {name: (one["person"], one["text"], one["edits"], one["is_deleted"]) for name, one in chat.said.items()}
    yield "every message is there once, as it was said last, by who said it", sorted(
        f"{name}: {there.get(name)}, not {said.get(name)}" for name in said.keys() | there.keys() if said.get(name) != there.get(name))
    yield "nobody is two people", rows(db, "SELECT name, count(*) FROM member GROUP BY name HAVING count(*) > 1")
    joined = [event for (event,) in db.execute("SELECT event FROM arrival")]
    yield "every arrival is there once", sorted(set(joined) ^ {f"jsonl {join}" for join in chat.joins})
    wrong = []
    for token, command in chat.commands.items():
        times = db.execute("""
            SELECT (SELECT count(*) FROM sanction WHERE reason = ?1) + (SELECT count(*) FROM note WHERE text = ?1)
              + (SELECT count(*) FROM immunity WHERE reason = ?1) + (SELECT count(*) FROM mode_change WHERE reason = ?1)""", (token,)).fetchone()[0]
        if times != 1 and not (times == 0 and command["kind"] in ("undo", "immune")): # of what is so already
            wrong.append(f"{token} {command['kind']}: {times} times")
    yield "every command was done once", wrong


def of_platform(db, platform, chat, now):
    yield "the calls of a key are the same calls", platform.contradictions
    keys = {key for (key,) in db.execute("SELECT key FROM outbox")}
    yield "what was called was owed", sorted(platform.seen.keys() - keys)
    made = [key for (key,) in db.execute("SELECT key FROM outbox WHERE state IN ('done', 'failed')")]
    yield "what counts as called was called", [key for key in made if key not in platform.seen]
    yield "nothing waits that is due", rows(db, """
        SELECT key, state, attempts FROM outbox WHERE state IN ('sending', 'in doubt') OR (state = 'pending' AND due_at <= ?)""", now)
    yield "what was dropped was not needed", rows(db, """
        SELECT key, outcome FROM outbox AS owed WHERE state = 'dropped' AND NOT (
          (outcome = 'too late' AND expires_at <= ended_at)
          OR (outcome GLOB 'undone by case *' AND EXISTS (SELECT 1 FROM sanction WHERE undoes = owed.case_no))
          OR (outcome GLOB 'case * is in force' AND call IN ('unmute', 'unban'))
          OR (outcome = 'nothing to say' AND call IN ('dm', 'say')))""")
    yield "only what is said may fail", rows(db, """
        SELECT key, outcome FROM outbox WHERE state = 'failed' AND call NOT IN ('say', 'dm', 'reply', 'warn', 'kick', 'delete')""")
    for action, held in (("mute", platform.muted), ("ban", platform.banned)):
        in_force = {name for (name,) in db.execute("""
            SELECT DISTINCT name FROM sanction JOIN member ON member.id = member
            WHERE iif(action = 'timeout', 'mute', action) = ? AND (ends_at IS NULL OR ends_at > ?)
              AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)""", (action, now))}
        yield f"who is under a {action} is so on the platform, and nobody else", sorted(in_force ^ held)
    yield "every command was answered", [
        token for token in chat.commands if f"answer jsonl {token}" not in platform.seen]
