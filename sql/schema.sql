-- Decorum's schema: one file is one community. Plain tables that any SQLite opens.
--
--     sqlite3 chat.db < sql/schema.sql        or        decorum init chat.db
--
-- Safe to repeat. Times (`at`, `..._at`) are Unix seconds, UTC. Ids that platforms give are TEXT.
--
-- The log: assessments and sanctions are rows that are only ever added. They share one order, `seq`,
-- given by the view next_seq inside the writing transaction. What is known about a member is computed
-- from the rows up to a seq (sql/facts/), so the past can be asked about exactly as it was.

PRAGMA application_id = 1145389903; -- "DECO"
PRAGMA user_version = 1;            -- counts migrations
PRAGMA foreign_keys = ON;


-- The one row that says whose file this is.
CREATE TABLE IF NOT EXISTS community (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT,
  created_at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0)
) STRICT;

CREATE TABLE IF NOT EXISTS channel (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (platform, name)
) STRICT;

CREATE TABLE IF NOT EXISTS member (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,               -- as last shown to people
  rank INTEGER NOT NULL DEFAULT 0,  -- 0 a member; higher ranks moderate
  immune INTEGER NOT NULL DEFAULT 0 CHECK (immune IN (0, 1)) -- scored, but never sanctioned by a policy
) STRICT;

-- Which member stands behind a platform's id.
CREATE TABLE IF NOT EXISTS account (
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  member INTEGER NOT NULL REFERENCES member,
  PRIMARY KEY (platform, platform_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  channel INTEGER NOT NULL REFERENCES channel,
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  kind TEXT NOT NULL DEFAULT 'message' CHECK (kind IN ('message', 'action', 'notice')),
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), -- 0 as first said, one more for each edit
  edited_at REAL,                   -- of the newest edit
  deleted_at REAL,                  -- deleted on the platform; the row stays
  UNIQUE (platform, platform_id)
) STRICT;

-- Texts apart, so that scores are read without them, and texts can go while scores stay.
CREATE TABLE IF NOT EXISTS message_text (
  message INTEGER PRIMARY KEY REFERENCES message,
  text TEXT                         -- NULL once its time is over
) STRICT;

-- How hostile a message was judged to be. Only the newest revision of a message counts.
CREATE TABLE IF NOT EXISTS assessment (
  seq INTEGER PRIMARY KEY,          -- of the log: the next one, see next_seq
  message INTEGER NOT NULL REFERENCES message,
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12), -- of the message
  source TEXT NOT NULL CHECK (source IN ('scorer', 'model', 'person')),
  toxicity REAL CHECK (toxicity BETWEEN 0 AND 1), -- NULL: not assessed
  UNIQUE (message, revision)
) STRICT;
CREATE INDEX IF NOT EXISTS assessment_member ON assessment (member, at);

-- What a policy decided about a message, also when it decided to do nothing.
CREATE TABLE IF NOT EXISTS decision (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,             -- the last entry of the log that the policy could see
  message INTEGER NOT NULL REFERENCES message,
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  policy TEXT NOT NULL,             -- name@version
  action TEXT,                      -- NULL: the policy failed, see error
  duration_s REAL,
  severity ANY,
  points REAL,
  rule ANY,
  reason TEXT,
  review INTEGER,                   -- 1: a person should look
  mode TEXT CHECK (mode IN ('observe', 'enforce')),
  trace TEXT,                       -- JSON: how the policy came to it
  facts TEXT,                       -- JSON; NULL where nothing was decided
  error TEXT,
  CHECK ((action IS NULL) = (error IS NOT NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS decision_acted ON decision (member, at) WHERE action <> 'none';
CREATE INDEX IF NOT EXISTS decision_message ON decision (message) WHERE action <> 'none';

-- What was done. A row is a case; its number is case_no. Undo and reset are rows too.
--
--     INSERT INTO sanction(member, action, duration_s, reason) VALUES (7, 'mute', 3600, 'insults');
--     SELECT case_no FROM sanction WHERE id = last_insert_rowid();
--     INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 12, 'mistaken');
CREATE TABLE IF NOT EXISTS sanction (
  id INTEGER PRIMARY KEY,
  seq INTEGER UNIQUE,               -- given by a trigger
  case_no INTEGER UNIQUE,           -- given by a trigger: 1, 2, 3...
  member INTEGER REFERENCES member, -- of an undo: filled in from the case
  action TEXT NOT NULL CHECK (action IN ('warn', 'delete', 'slowmode', 'mute', 'timeout', 'kick', 'ban',
    'shadow_ban', 'undo', 'reset')),
  offence INTEGER AS (action IN ('mute', 'timeout', 'kick', 'ban', 'shadow_ban')), -- a mute or stronger
  duration_s REAL CHECK (duration_s BETWEEN 0 AND 1e11), -- NULL: no end
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  ends_at REAL,                     -- filled in: at + duration_s
  reason TEXT NOT NULL CONSTRAINT "a sanction needs a reason" CHECK (trim(reason) <> ''),
  policy TEXT,                      -- name@version, NULL if a person did it
  decision INTEGER REFERENCES decision,
  message INTEGER REFERENCES message,
  moderator TEXT,                   -- the person, as the platform names them
  event TEXT UNIQUE,                -- platform and id of the event that told of it, so that it is told once
  undoes INTEGER REFERENCES sanction (case_no),
  CONSTRAINT "an undo names the case in undoes, and nothing else does"
    CHECK ((action = 'undo') = (undoes IS NOT NULL)),
  CONSTRAINT "a sanction needs a member" CHECK (member IS NOT NULL OR action = 'undo')
) STRICT;
CREATE INDEX IF NOT EXISTS sanction_member ON sanction (member, action, seq);
CREATE INDEX IF NOT EXISTS sanction_offence ON sanction (member, seq, at) WHERE offence;
CREATE INDEX IF NOT EXISTS sanction_decision ON sanction (decision) WHERE decision IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS sanction_undoes ON sanction (undoes) WHERE undoes IS NOT NULL;

-- The seq that the next entry of the log gets.
CREATE VIEW IF NOT EXISTS next_seq (seq) AS
  SELECT 1 + max(
    coalesce((SELECT max(seq) FROM assessment), 0),
    coalesce((SELECT max(seq) FROM sanction), 0));

CREATE TRIGGER IF NOT EXISTS assessment_in_order BEFORE INSERT ON assessment
WHEN NEW.seq IS NOT (SELECT seq FROM next_seq)
BEGIN
  SELECT RAISE(ABORT, 'assessment.seq must be the next one: (SELECT seq FROM next_seq)');
END;

CREATE TRIGGER IF NOT EXISTS assessment_is_about_its_message BEFORE INSERT ON assessment
WHEN NEW.member IS NOT (SELECT member FROM message WHERE id = NEW.message)
BEGIN
  SELECT RAISE(ABORT, 'assessment.member must be the one who wrote the message');
END;

CREATE TRIGGER IF NOT EXISTS assessment_is_kept BEFORE DELETE ON assessment
BEGIN
  SELECT RAISE(ABORT, 'assessments are kept: add one with the next revision instead');
END;

CREATE TRIGGER IF NOT EXISTS assessment_is_fixed BEFORE UPDATE ON assessment
BEGIN
  SELECT RAISE(ABORT, 'assessments do not change: add one with the next revision instead');
END;

CREATE TRIGGER IF NOT EXISTS sanction_is_new BEFORE INSERT ON sanction
BEGIN
  SELECT RAISE(ABORT, 'seq and case_no are given by the database: leave them out')
    WHERE NEW.seq IS NOT NULL OR NEW.case_no IS NOT NULL;
  SELECT RAISE(ABORT, 'sanctions are kept: a case cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM sanction WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such member')
    WHERE NEW.member IS NOT NULL AND NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
  SELECT RAISE(ABORT, 'the case to undo is about another member')
    WHERE NEW.member <> (SELECT member FROM sanction WHERE case_no = NEW.undoes);
  SELECT RAISE(ABORT, 'there is no such case to undo')
    WHERE NEW.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sanction WHERE case_no = NEW.undoes);
  SELECT RAISE(ABORT, 'an undo cannot be undone: sanction anew instead')
    WHERE EXISTS (SELECT 1 FROM sanction WHERE case_no = NEW.undoes AND action = 'undo');
  SELECT RAISE(ABORT, 'that case is undone already')
    WHERE EXISTS (SELECT 1 FROM sanction WHERE undoes = NEW.undoes);
END;

CREATE TRIGGER IF NOT EXISTS sanction_is_numbered AFTER INSERT ON sanction
BEGIN
  UPDATE sanction SET
    seq = (SELECT seq FROM next_seq),
    case_no = (SELECT coalesce(max(case_no), 0) + 1 FROM sanction),
    member = coalesce(NEW.member, (SELECT member FROM sanction WHERE case_no = NEW.undoes)),
    ends_at = coalesce(NEW.ends_at, NEW.at + NEW.duration_s)
  WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS sanction_is_fixed BEFORE UPDATE ON sanction
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'sanctions do not change: add a row that undoes the case instead');
END;

CREATE TRIGGER IF NOT EXISTS sanction_is_kept BEFORE DELETE ON sanction
BEGIN
  SELECT RAISE(ABORT, 'sanctions are kept: add a row that undoes the case instead');
END;

-- What a community may set.
CREATE TABLE IF NOT EXISTS setting (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL,
  CONSTRAINT "window_size must be an integer between 1 and 1000" CHECK (name <> 'window_size'
    OR (typeof(value) = 'integer' AND value BETWEEN 1 AND 1000)),
  CONSTRAINT "window_minutes must be a number above 0" CHECK (name <> 'window_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e9)),
  CONSTRAINT "escalation_boost must be between 0 and 1" CHECK (name <> 'escalation_boost'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 1)),
  CONSTRAINT "offence_reset_minutes must be 0 or more" CHECK (name <> 'offence_reset_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "warning_ttl_s must be a number of seconds, 0 or more" CHECK (name <> 'warning_ttl_s'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "warn_cooldown_minutes must be 0 or more" CHECK (name <> 'warn_cooldown_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "mode must be observe or enforce" CHECK (name <> 'mode' OR value IN ('observe', 'enforce')),
  CONSTRAINT "there is no such setting" CHECK (name IN ('window_size', 'window_minutes',
    'escalation_boost', 'offence_reset_minutes', 'warning_ttl_s', 'warn_cooldown_minutes', 'mode',
    'secret'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS setting_is_needed BEFORE DELETE ON setting
BEGIN
  SELECT RAISE(ABORT, 'a setting cannot be deleted: update its value instead');
END;

INSERT OR IGNORE INTO community (id) VALUES (1);
INSERT OR IGNORE INTO setting (name, value) VALUES
  ('window_size', 10),             -- messages that a drama score looks back on, at most...
  ('window_minutes', 15),          -- ...and how far
  ('escalation_boost', 0.04),      -- added to it for each hostile message after a warning
  ('offence_reset_minutes', 120),  -- a longer pause and the next offence is a first one
  ('warning_ttl_s', 7200),         -- a warning lapses after it; 0 = never
  ('warn_cooldown_minutes', 5),    -- no second warning sooner
  ('mode', 'observe'),             -- observe: decide and log, sanction nobody; enforce
  ('secret', lower(hex(randomblob(16)))); -- the seed of every dice(); never exported

