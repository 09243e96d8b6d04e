-- What facts and the policies over them do when what they read is no longer what it was.

CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "hot", needs = { "drama" },
  decide = function(f) return { action = f.drama > 0.5 and "warn" or "none", reason = "drama" } end,
  tests = { { "t", { drama = 1 }, { action = "warn" } } } }', 1);
CREATE TABLE member(id INTEGER PRIMARY KEY, drama, name);
INSERT INTO member VALUES (1, 0.9, 'ada'), (2, 0.1, 'bob');
CREATE VIRTUAL TABLE heat USING facts('SELECT drama FROM member WHERE id = :id');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = hot, facts = heat);
SELECT action FROM decision(1);

-- A fact that is gone is missed; it does not become the text of its name.
DROP TABLE heat;
CREATE VIRTUAL TABLE heat USING facts('SELECT 0.1 AS warmth FROM member WHERE id = :id');
SELECT drama, action FROM decision(1);
DROP TABLE heat;
CREATE VIRTUAL TABLE heat USING facts('SELECT drama FROM member WHERE id = :number');
SELECT count(*) FROM decision(1);
-- The table is right again once the facts are.
DROP TABLE heat;
CREATE VIRTUAL TABLE heat USING facts('SELECT drama FROM member WHERE id = :id');
SELECT action FROM decision(1);

-- Columns that changed places under a SELECT *.
CREATE VIRTUAL TABLE everything USING facts('SELECT * FROM member');
SELECT name FROM everything;
DROP TABLE member;
CREATE TABLE member(id INTEGER PRIMARY KEY, name, drama);
INSERT INTO member VALUES (1, 'ada', 0.9);
SELECT name FROM everything;

SELECT action FROM decision(1);

-- Without its facts a table of decisions says so, and can be dropped.
DROP TABLE heat;
.open community.db
.load ./decorum
SELECT action FROM decision(1);
SELECT action FROM decision;
DROP TABLE decision;

-- Lists with holes: what stands behind one does not go unread.
INSERT INTO policy(source) VALUES ('return policy { id = "p", needs = {}, ladder = { { at = 1, action = "warn" } },
  guards = { nil, { "immune", fact = "imune" } }, tests = { { "t", {}, {} } } }');
INSERT INTO policy(source) VALUES ('return policy { id = "p", needs = {}, ladder = { { at = 1, action = "warn" } },
  tests = { { "t", {}, {} }, nil, { "bad", {}, { action = "ban" } } } }');
INSERT INTO policy(source) VALUES ('return policy { id = "p", needs = { "last_action" }, max_climb = 1.5,
  ladder = { { at = 1, action = "warn" } }, tests = { { "t", {}, {} } } }');
INSERT INTO policy(rowid, source) VALUES (42, '');
UPDATE policy SET rowid = 42;
-- Offences that make no sense are the first.
INSERT INTO policy(source) VALUES ('return policy { id = "p", needs = { "offences" },
  signals = { { "all", function() return 1 end, "100 %" } }, ladder = { { at = 1, action = "mute", durations = { 60, 120 } } },
  tests = { { "before the first", { offences = -1 }, { duration_s = 60 } }, { "half", { offences = 0.5 }, { duration_s = 60 } },
    { "many", { offences = 1e300 }, { duration_s = 120 } } } }');
INSERT INTO policy(source) VALUES ('return policy { id = "q", needs = {},
  decide = function(f, d) d.reason = ("%d %%p"):format(5) return d end, tests = { { "t", {}, { reason = "5 %p" } } } }');
SELECT name, version FROM policy WHERE name <> 'hot';
