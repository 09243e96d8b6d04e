-- decorum_action: what a policy or a moderator can do.

SELECT * FROM decorum_action;

-- An action is undone by an action that there is.
SELECT name, undone_by FROM decorum_action WHERE undone_by IS NOT NULL AND undone_by NOT IN (SELECT name FROM decorum_action);
-- Stronger than nothing is what is done to a member.
SELECT min(severity) > (SELECT max(severity) FROM decorum_action WHERE NOT sanctions) FROM decorum_action WHERE sanctions;

-- A policy may decide on each of them, and must give a reason for what is done to a member.
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "any", needs = { "wish", "words" },
  decide = function(f) return { action = f.wish, reason = f.words } end,
  tests = { { "t", { wish = "none" }, { action = "none" } } } }', 1);
CREATE TABLE wish AS SELECT name AS wish, 'it was asked for' AS words, sanctions FROM decorum_action
  UNION ALL SELECT name, NULL, sanctions FROM decorum_action;
CREATE VIRTUAL TABLE fulfilled USING lua_policy(policy = any, facts = wish);
SELECT words IS NOT NULL AS with_reason, sanctions, count(*), sum(action IS wish), sum(error IS NOT NULL)
  FROM fulfilled GROUP BY 1, 2;

-- It is harmless: a schema may read it, nobody can write to it.
CREATE VIEW sanction AS SELECT name FROM decorum_action WHERE sanctions;
SELECT group_concat(name, ' ') FROM sanction;
UPDATE decorum_action SET severity = 0;
