-- Decorum's schema: one file is one community. Plain tables that any SQLite opens.
--
--     sqlite3 chat.db < sql/schema.sql        or        decorum init chat.db
--
-- Safe to repeat. Times (`at`, `..._at`) are Unix seconds, UTC. Ids that platforms give are TEXT.
--
-- The log: assessments, verdicts, sanctions, changes of reputation, flags, notifications, arrivals, openings, switches of immunity
-- and of the mode, second looks are rows that are only ever added. They share one order, `seq`, given inside the writing
-- transaction. What is known about a member is computed from the rows up to a seq (sql/facts/), so the
-- past can be asked about exactly as it was.
--
--     INSERT INTO sanction(member, action, duration_s, reason) VALUES (7, 'mute', 3600, 'insults');
--     INSERT INTO reputation_change(member, after, moderator, reason) VALUES (7, 60, 'ann', 'has apologised');
--     INSERT INTO immunity(member, immune, moderator) VALUES (7, 1, 'ann');
--
-- Leave seq, case_no and `before` out: triggers give them. Ids are above 0, since a trigger sees -1 for an id that is
-- left out: a row of that id would stand in the way of every row to come.
--
-- No JSON functions here or in views: SQLite 3.40 refuses them in a schema that is not trusted. json_each and
-- json_tree, being tables, will do.

PRAGMA application_id = 1145389903; -- "DECO"
PRAGMA user_version = 6;            -- counts migrations
PRAGMA foreign_keys = ON;

-- The one row that says whose file this is.
CREATE TABLE IF NOT EXISTS community (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT,
  created_at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(created_at) < 1e12)
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
  minor INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1)),  -- 1: marked as under age...
  paying INTEGER NOT NULL DEFAULT 0 CHECK (paying IN (0, 1)) -- ...or as a customer: never shadow banned covertly
) STRICT;
CREATE INDEX IF NOT EXISTS member_name ON member (name COLLATE NOCASE);

-- What a member may do with the bot: a set of 64 bits, see privilege_bit(). Who has no row has USE alone. Bit 63 (USE) is the
-- sign: test a bit with `mask & bit <> 0`.
--
--     INSERT INTO privilege VALUES (9, privilege_bit('SHADOW_BAN_ADMIN') | privilege_bit('USE'));
--     SELECT name, privilege_names(mask) FROM member LEFT JOIN privilege ON member = id;
CREATE TABLE IF NOT EXISTS privilege (
  member INTEGER PRIMARY KEY REFERENCES member,
  mask INTEGER NOT NULL
) STRICT;

-- What a community says of itself, on record. Rows stay. 'covert shadow bans': its rules announce that the bot may be made slow,
-- silent or faulty for single members without telling them; `statement` is where, in words.
--
--     INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'ann', 'rule 7 on the web page');
CREATE TABLE IF NOT EXISTS acknowledgement (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  subject TEXT NOT NULL CONSTRAINT "the subject is 'covert shadow bans'" CHECK (subject = 'covert shadow bans'),
  moderator TEXT NOT NULL CONSTRAINT "an acknowledgement names who makes it" CHECK (trim(moderator) <> ''),
  statement TEXT NOT NULL CONSTRAINT "an acknowledgement says where the rules announce it" CHECK (trim(statement) <> '')
) STRICT;

-- Which member stands behind a platform's id.
CREATE TABLE IF NOT EXISTS account (
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  member INTEGER NOT NULL REFERENCES member,
  PRIMARY KEY (platform, platform_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS account_member ON account (member);

-- On which platforms a bot carries out what is decided: decorum run adds them. Where there is none, nothing is owed to anybody
-- (outbox); who takes a community away from a bot deletes its row.
CREATE TABLE IF NOT EXISTS connection (
  platform TEXT PRIMARY KEY,
  moderators TEXT,                  -- the channel in which the bot talks to the moderators; NULL: there is none
  since REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(since) < 1e12)
) STRICT, WITHOUT ROWID;

-- Who goes by another id than the one that they were first seen by, until they leave. So that a new nick is no new member, also
-- after the bot was started anew.
CREATE TABLE IF NOT EXISTS presence (
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,        -- as they are called now
  member INTEGER NOT NULL REFERENCES member,
  origin TEXT,                      -- where they are connected from, as the platform tells: it knows them again
  PRIMARY KEY (platform, platform_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS presence_member ON presence (member);

CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  channel INTEGER NOT NULL REFERENCES channel,
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  kind TEXT NOT NULL DEFAULT 'message' CHECK (kind = 'message' OR kind = 'action' OR kind = 'notice'), -- quicker than IN
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), -- 0 as first said, one more for each edit
  edited_at REAL CHECK (abs(edited_at) < 1e12), -- of the newest edit, as the platform tells
  deleted_at REAL CHECK (abs(deleted_at) < 1e12), -- deleted on the platform; the row stays
  live INTEGER NOT NULL DEFAULT 0 CHECK (live = 0 OR live = 1), -- 1: a bot heard it, and carries out what is decided about it
  UNIQUE (platform, platform_id)
) STRICT;

-- Texts apart, so that scores are read without them, and texts can go while scores stay.
CREATE TABLE IF NOT EXISTS message_text (
  message INTEGER PRIMARY KEY REFERENCES message,
  text TEXT                         -- NULL once its time is over
) STRICT;

-- When each edit was made; a message itself has the time of the newest alone.
CREATE TABLE IF NOT EXISTS message_edit (
  message INTEGER NOT NULL REFERENCES message,
  revision INTEGER NOT NULL CHECK (revision > 0),
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  PRIMARY KEY (message, revision)
) STRICT, WITHOUT ROWID;

-- How a message was judged. One message counts once: by its newest text, and there a person's judgement wins
-- over a model's and a model's over the scorer's, and the newest revision over those before it. One without a toxicity
-- takes the place of none of the same text.
CREATE TABLE IF NOT EXISTS assessment (
  seq INTEGER PRIMARY KEY,          -- of the log: the next one, see next_seq
  message INTEGER NOT NULL REFERENCES message,
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  text_revision INTEGER NOT NULL DEFAULT 0 -- the revision of the message, which is the first of this text
    CONSTRAINT "assessment.text_revision must be between 0 and revision" CHECK (text_revision BETWEEN 0 AND revision),
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12), -- of the message
  source TEXT NOT NULL CHECK (source = 'scorer' OR source = 'model' OR source = 'person'),
  authority INTEGER AS (CASE source WHEN 'person' THEN 3 WHEN 'model' THEN 2 ELSE 1 END),
  toxicity REAL CHECK (toxicity BETWEEN 0 AND 1), -- NULL: not assessed
  categories TEXT CHECK (categories GLOB '{*}'), -- JSON, {"insult": 0.6}
  coherence REAL CHECK (coherence BETWEEN 0 AND 1), -- does the member still make sense? NULL: not asked
  coherence_flag TEXT,              -- the model's word for what is odd
  baseline_after REAL,              -- the member's usual coherence with this one in it; given by a trigger
  off_topic INTEGER CHECK (off_topic IN (0, 1)),
  topic TEXT,                       -- what it was about instead
  sampled_p REAL CHECK (sampled_p > 0 AND sampled_p <= 1), -- the chance with which a model was asked
  -- With the first assessment of a text, so that they are known when the text is gone:
  text_key INTEGER,                 -- the same for texts that say the same, see lua/decorum/likeness.lua; NULL: too short to tell
  links INTEGER CHECK (links >= 0), -- in the text
  UNIQUE (message, revision)
) STRICT;
CREATE INDEX IF NOT EXISTS assessment_member ON assessment (member, at);
CREATE INDEX IF NOT EXISTS assessment_text ON assessment (text_key, at, member) WHERE text_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS assessment_at ON assessment (at, member);
CREATE INDEX IF NOT EXISTS assessment_again ON assessment (member) WHERE revision > 0;
CREATE INDEX IF NOT EXISTS assessment_by_model ON assessment (member, seq) WHERE source = 'model';
CREATE INDEX IF NOT EXISTS assessment_of_model ON assessment (seq, message) WHERE source = 'model';
CREATE INDEX IF NOT EXISTS assessment_coherence ON assessment (member, seq) WHERE coherence IS NOT NULL;

-- Does a message break a rule? Confidence is 0 to 100. What follows for the member's reputation is in
-- sql/flows.sql.
CREATE TABLE IF NOT EXISTS verdict (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  message INTEGER NOT NULL REFERENCES message,
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12), -- of the message
  source TEXT NOT NULL CHECK (source IN ('pattern', 'model', 'person')),
  violation INTEGER NOT NULL CHECK (violation IN (0, 1)),
  rule TEXT,                        -- its name in the table rule, any letter case
  severity TEXT CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  explanation TEXT,
  sampled_p REAL CHECK (sampled_p > 0 AND sampled_p <= 1),
  outcome TEXT AS (CASE WHEN NOT violation OR confidence < 60 THEN 'SAFE' WHEN confidence < 85 THEN 'REVIEW'
    ELSE 'VIOLATION' END),
  rewarded INTEGER AS (NOT violation AND confidence >= 60), -- SAFE beyond doubt
  CONSTRAINT "a violation names its rule" CHECK (NOT violation OR rule IS NOT NULL)
) STRICT;
CREATE INDEX IF NOT EXISTS verdict_message ON verdict (message, seq);

-- What is not allowed here, for people and models. Add, change, remove: verdicts name a rule, and how severe one may be
-- taken and where it does not hold is as it stands today.
--
--     INSERT INTO rule(name, severity, description) VALUES ('spoilers', 'low', 'Tells how a new film ends.');
--     INSERT INTO rule_exemption SELECT number, '#film' FROM rule WHERE name = 'spoilers';
CREATE TABLE IF NOT EXISTS rule (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CONSTRAINT "a rule needs a name" CHECK (trim(name) <> ''),
  description TEXT NOT NULL,        -- what is not allowed, in a sentence or two that a member understands
  severity TEXT NOT NULL            -- the most that breaking it counts as, whatever a verdict says
    CONSTRAINT "a rule's severity is low, medium, high or critical" CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  criteria TEXT,                    -- what to look at, for who judges
  applies_in_nsfw INTEGER NOT NULL DEFAULT 1 CHECK (applies_in_nsfw IN (0, 1)),
  pattern TEXT                      -- a regular expression: what matches breaks the rule, and nobody need be asked
) STRICT;

-- Channels in which a rule does not hold, by name.
CREATE TABLE IF NOT EXISTS rule_exemption (
  rule INTEGER NOT NULL REFERENCES rule ON DELETE CASCADE,
  channel TEXT NOT NULL,
  PRIMARY KEY (rule, channel)
) STRICT, WITHOUT ROWID;

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
  mode TEXT CHECK (mode IN ('observe', 'enforce')), -- what was in force, see mode_change
  trace TEXT,                       -- JSON: how the policy came to it
  facts TEXT,                       -- JSON; NULL where nothing was decided
  error TEXT,
  CHECK ((action IS NULL) = (error IS NOT NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS decision_acted ON decision (member, at) WHERE action <> 'none';
CREATE INDEX IF NOT EXISTS decision_message ON decision (message) WHERE action <> 'none';

-- Decisions with the name of the policy apart from its version.
CREATE VIEW IF NOT EXISTS policy_decision AS
  SELECT *, substr(policy, 1, instr(policy, '@') - 1) AS policy_name FROM decision;

-- When a decision was really made and how long it took: apart, so that the decisions of two runs compare byte for byte.
-- Of those that sql/jobs/decisions.sql keeps.
CREATE TABLE IF NOT EXISTS decision_timing (
  decision INTEGER PRIMARY KEY REFERENCES decision,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  duration_s REAL NOT NULL CHECK (duration_s >= 0)
) STRICT;

-- What was done. A row is a case; its number is case_no. Undo and reset are rows too. An offence is a mute or stronger.
--
--     INSERT INTO sanction(member, action, duration_s, reason) VALUES (7, 'mute', 3600, 'insults');
--     SELECT case_no FROM sanction WHERE id = last_insert_rowid();
--     INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 12, 'mistaken');
--     INSERT INTO sanction(member, action, reason) VALUES (7, 'reset', 'a new start');
CREATE TABLE IF NOT EXISTS sanction (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  case_no INTEGER UNIQUE,           -- given by a trigger: 1, 2, 3...
  member INTEGER REFERENCES member, -- of an undo: filled in from the case
  action TEXT NOT NULL CHECK (action = 'warn' OR action = 'delete' OR action = 'slowmode' OR action = 'mute' -- quicker than IN
    OR action = 'timeout' OR action = 'kick' OR action = 'ban' OR action = 'shadow_ban' OR action = 'undo' OR action = 'reset'),
  offence INTEGER AS (action = 'mute' OR action = 'timeout' OR action = 'kick' OR action = 'ban' OR action = 'shadow_ban'),
  silences INTEGER AS (action = 'mute' OR action = 'timeout' OR action = 'ban'), -- until ends_at
  scope TEXT                        -- of a reset: NULL all that is counted, 'topic' only the off-topic strikes, 'all' also
    CONSTRAINT "scope is 'topic' or 'all', and of a reset" -- notes, profile, aliases and immunity
    CHECK (scope IS NULL OR (action = 'reset' AND scope IN ('topic', 'all'))),
  duration_s REAL CHECK (duration_s BETWEEN 0 AND 1e11), -- NULL: no end. Of a shadow ban: in which its limits grow
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  ends_at REAL CHECK (abs(ends_at) < 2e12), -- filled in: at + duration_s; of a shadow ban as given: when it is lifted
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
CREATE INDEX IF NOT EXISTS sanction_done ON sanction (member, seq) WHERE undoes IS NULL AND action <> 'reset';
CREATE INDEX IF NOT EXISTS sanction_offence ON sanction (member, seq, at) WHERE offence;
CREATE INDEX IF NOT EXISTS sanction_silence ON sanction (member, coalesce(ends_at, 1e13)) WHERE silences;
CREATE INDEX IF NOT EXISTS sanction_slowmode ON sanction (coalesce(ends_at, 1e13)) WHERE action = 'slowmode';
CREATE INDEX IF NOT EXISTS sanction_policy ON sanction (policy, at, member, seq, case_no) WHERE policy IS NOT NULL;
CREATE INDEX IF NOT EXISTS sanction_decision ON sanction (decision) WHERE decision IS NOT NULL;
CREATE INDEX IF NOT EXISTS sanction_shadow_ban ON sanction (case_no) WHERE action = 'shadow_ban';
CREATE UNIQUE INDEX IF NOT EXISTS sanction_undoes ON sanction (undoes) WHERE undoes IS NOT NULL;

-- Which ban in the table shadow_ban, by its rowid, a case is about: the job tick adds it. A ban that was started in that table by
-- hand has no case unless one was made since.
CREATE TABLE IF NOT EXISTS shadow_ban_case (
  case_no INTEGER PRIMARY KEY REFERENCES sanction (case_no),
  ban INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS shadow_ban_case_ban ON shadow_ban_case (ban, case_no);

-- What moderators say of a case later: its reason is in the newest row, else in the sanction. Rows stay.
--
--     INSERT INTO case_note(case_no, author, text) VALUES (12, 'ann', 'insults, after two warnings');
CREATE TABLE IF NOT EXISTS case_note (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  case_no INTEGER NOT NULL REFERENCES sanction (case_no),
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  author TEXT NOT NULL CONSTRAINT "who says something of a case must be named" CHECK (trim(author) <> ''),
  text TEXT NOT NULL CONSTRAINT "a reason needs a text" CHECK (trim(text) <> '')
) STRICT;
CREATE INDEX IF NOT EXISTS case_note_case ON case_note (case_no, id);

-- A member objects to a case: once. It becomes a review, which another moderator than the one who acted decides: upheld
-- undoes the case.
--
--     INSERT INTO appeal(case_no, text) VALUES (12, 'I quoted somebody else');
CREATE TABLE IF NOT EXISTS appeal (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  case_no INTEGER NOT NULL UNIQUE REFERENCES sanction (case_no),
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  text TEXT NOT NULL CONSTRAINT "an appeal says why" CHECK (trim(text) <> '')
) STRICT;

-- Reputation, 0 to 100: each change is a row, and the member's reputation is `after` in the newest of them.
CREATE TABLE IF NOT EXISTS reputation_change (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  before INTEGER,                   -- given by a trigger
  after INTEGER NOT NULL CONSTRAINT "a reputation must be between 0 and 100" CHECK (after BETWEEN 0 AND 100),
  cause TEXT NOT NULL DEFAULT 'hand' CHECK (cause IN ('outcome', 'replaced', 'flag', 'review', 'decay', 'hand')),
  verdict INTEGER REFERENCES verdict, -- whose outcome it is; or that a review rejected or another verdict replaced
  flag INTEGER REFERENCES flag,
  sanction INTEGER REFERENCES sanction (case_no), -- of a change by hand: the case that it goes with
  moderator TEXT,
  reason TEXT,
  CONSTRAINT "a change by hand needs a reason" CHECK (cause <> 'hand' OR trim(coalesce(reason, '')) <> ''),
  CONSTRAINT "the verdict or the flag that is the cause must be named, and no other" CHECK (CASE cause
    WHEN 'flag' THEN flag IS NOT NULL AND verdict IS NULL
    WHEN 'outcome' THEN verdict IS NOT NULL AND flag IS NULL WHEN 'replaced' THEN verdict IS NOT NULL AND flag IS NULL
    WHEN 'review' THEN (flag IS NULL) <> (verdict IS NULL) ELSE flag IS NULL AND verdict IS NULL END),
  UNIQUE (verdict, cause),
  UNIQUE (flag, cause)
) STRICT;
CREATE INDEX IF NOT EXISTS reputation_change_member ON reputation_change (member, seq, after);

-- What may be flagged, and how many points of reputation the first ones cost (flag_penalty). Add, change, remove.
CREATE TABLE IF NOT EXISTS flag_type (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 1000000),
  calls_moderator INTEGER NOT NULL DEFAULT 0 CHECK (calls_moderator IN (0, 1)), -- at once, whatever flag_mode is
  help TEXT                         -- for the member who is worried about
) STRICT, WITHOUT ROWID;

-- A member's report of a message: one for each reporter and message. What becomes of it is in flag_outcome.
CREATE TABLE IF NOT EXISTS flag (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  message INTEGER NOT NULL REFERENCES message,
  member INTEGER REFERENCES member, -- given by a trigger: who wrote the message
  reporter INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  type TEXT NOT NULL COLLATE NOCASE REFERENCES flag_type,
  comment TEXT,
  UNIQUE (reporter, message)
) STRICT;
CREATE INDEX IF NOT EXISTS flag_member ON flag (member, seq);

-- A flag is processed once, by sql/jobs/flags.sql: it cost this much, or failed, and why.
CREATE TABLE IF NOT EXISTS flag_outcome (
  flag INTEGER PRIMARY KEY REFERENCES flag,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  penalty INTEGER,
  error TEXT,
  CHECK ((penalty IS NULL) = (error IS NOT NULL))
) STRICT;

-- What was said to people beside sanctions: a reminder of the topic (a strike, until the strikes are reset), word to the
-- owner about strikes, an alert that somebody makes less sense than usual, what else a policy tells the moderators.
CREATE TABLE IF NOT EXISTS notification (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  member INTEGER NOT NULL REFERENCES member, -- about whom
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  kind TEXT NOT NULL CHECK (kind IN ('topic', 'topic_owner', 'coherence', 'moderators')),
  message INTEGER REFERENCES message,
  decision INTEGER REFERENCES decision,
  details TEXT                      -- JSON; json_object() writes a coherence alert's in this order
    CONSTRAINT "details of a coherence alert are JSON with baseline, current, drop and flag"
    CHECK (iif(kind <> 'coherence', details GLOB '{*}',
      coalesce(details, '') GLOB '{"baseline":*,"current":*,"drop":*,"flag":*}'))
) STRICT;
CREATE INDEX IF NOT EXISTS notification_member ON notification (member, kind, seq);
CREATE INDEX IF NOT EXISTS notification_decision ON notification (decision) WHERE decision IS NOT NULL;

-- Immune members are scored like everybody and never sanctioned by a policy. The newest row counts.
CREATE TABLE IF NOT EXISTS immunity (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  immune INTEGER NOT NULL CHECK (immune IN (0, 1)),
  moderator TEXT,
  reason TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS immunity_member ON immunity (member, seq);

-- Who comes into a channel, counted and not named: many newcomers at once are a raid.
CREATE TABLE IF NOT EXISTS arrival (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  channel INTEGER NOT NULL REFERENCES channel,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  newcomer INTEGER NOT NULL CHECK (newcomer IN (0, 1)), -- 1: nobody was known by that id
  event TEXT NOT NULL UNIQUE        -- platform and id of the event that told of it, so that it is told once
) STRICT;
CREATE INDEX IF NOT EXISTS arrival_newcomer ON arrival (channel, at) WHERE newcomer;

-- What another bot knew of a member before: decorum import adds a row, once for each account, and what else it brings as rows of
-- the other kinds. The baseline is the member's usual coherence until there is one of the assessments here.
CREATE TABLE IF NOT EXISTS opening (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  baseline REAL CHECK (baseline BETWEEN 0 AND 1),
  UNIQUE (platform, platform_id)
) STRICT;
CREATE INDEX IF NOT EXISTS opening_member ON opening (member, seq);

-- May policies act? Each switch is a row. A policy's version enforces if the newest row that concerns it says enforce, and so
-- does the newest by hand that names it or its policy, if there is one; else it observes: it decides and logs, and sanctions
-- nobody. So whoever says observe is heard at once, whatever was said before; what a person made observe by name goes on to
-- observe when the community enforces; and a person's newer enforce ends what the brake did. See policy_mode. The setting
-- `mode` writes the community's row.
--
--     INSERT INTO mode_change(policy, mode, moderator, reason) VALUES ('ladder@3', 'enforce', 'ann', 'has proved itself');
CREATE TABLE IF NOT EXISTS mode_change (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  policy TEXT,                      -- NULL: the whole community; 'ladder': every version of it; 'ladder@3': that one
  mode TEXT NOT NULL CHECK (mode IN ('observe', 'enforce')),
  cause TEXT NOT NULL DEFAULT 'hand' CHECK (cause IN ('hand', 'brake')), -- brake: it sanctioned too many, see brake_percent
  moderator TEXT,
  reason TEXT,
  CONSTRAINT "the brake makes one version observe, with a reason"
    CHECK (cause <> 'brake' OR (mode = 'observe' AND policy GLOB '*@*' AND trim(reason) <> ''))
) STRICT;
CREATE INDEX IF NOT EXISTS mode_change_policy ON mode_change (policy, seq);

-- That policies looked at a message again, since a verdict or a model's assessment had come: at all that came of it before
-- this row, once. The pipeline adds it.
CREATE TABLE IF NOT EXISTS second_look (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  message INTEGER NOT NULL REFERENCES message,
  assessment INTEGER NOT NULL REFERENCES assessment -- its seq: by which the message is seen
) STRICT;
CREATE INDEX IF NOT EXISTS second_look_message ON second_look (message, seq);

-- The entries of the log that are not assessments, so that the newest is found in one place.
CREATE TABLE IF NOT EXISTS log_entry (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL                -- the table that it stands in
) STRICT;

-- The seq that the next entry of the log gets.
CREATE VIEW IF NOT EXISTS next_seq (seq) AS
  SELECT 1 + max(coalesce((SELECT seq FROM assessment ORDER BY seq DESC LIMIT 1), 0),
    coalesce((SELECT seq FROM log_entry ORDER BY seq DESC LIMIT 1), 0));

-- Assessments with when the text was said that was assessed: `at` is the message's time, an edit has its own.
CREATE VIEW IF NOT EXISTS assessment_said AS
  SELECT *, iif(text_revision = 0, at, coalesce((SELECT edit.at FROM message_edit AS edit
    WHERE edit.message = assessment.message AND edit.revision = assessment.text_revision), at)) AS said_at
  FROM assessment;

-- What every policy is asked about: each new message, and each edit that made one worse, so that nobody is sanctioned twice for
-- the same words. Some policies are asked about more: of an edit, those that count links and repetitions; at a second look, those
-- that need what came. With when it was said; member, at and seq are what member_facts takes.
CREATE VIEW IF NOT EXISTS occasion AS
  SELECT seq, message, revision, member, said_at AS at
  FROM assessment_said AS assessment
  WHERE source = 'scorer' AND (revision = 0 OR (text_revision = revision
    AND toxicity > coalesce((SELECT max(toxicity) FROM assessment AS old
      WHERE old.message = assessment.message AND old.revision < assessment.revision), -1)));

-- The reputation of every member now.
CREATE VIEW IF NOT EXISTS member_reputation AS
  SELECT id AS member, coalesce(
    (SELECT after FROM reputation_change WHERE member = member.id AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1),
    (SELECT value FROM setting WHERE name = 'neutral')) AS reputation
  FROM member;

CREATE TRIGGER IF NOT EXISTS assessment_is_new BEFORE INSERT ON assessment
BEGIN
  SELECT RAISE(ABORT, 'assessment.seq must be the next one: (SELECT seq FROM next_seq)')
    WHERE NEW.seq IS NOT (SELECT seq FROM next_seq);
  SELECT RAISE(ABORT, 'assessment.member must be the one who wrote the message')
    WHERE NEW.member IS NOT (SELECT member FROM message WHERE id = NEW.message);
  SELECT RAISE(ABORT, 'that revision is assessed already: add one with the next revision instead')
    WHERE EXISTS (SELECT 1 FROM assessment WHERE message = NEW.message AND revision = NEW.revision);
END;

-- The usual coherence is an exponential moving average with alpha 0.1 that starts at 0.85, or at the baseline of an opening. It is kept with each
-- assessment, so that the next one needs a single look-up; another revision of a message takes the place of the first.
CREATE TRIGGER IF NOT EXISTS assessment_moves_baseline AFTER INSERT ON assessment
WHEN NEW.coherence IS NOT NULL
BEGIN
  UPDATE assessment SET baseline_after = 0.1 * NEW.coherence + 0.9 * coalesce((
    SELECT baseline_after FROM assessment
    WHERE member = NEW.member AND coherence IS NOT NULL AND seq < NEW.seq AND message <> NEW.message
      AND seq > coalesce((SELECT max(seq) FROM sanction
        WHERE member = NEW.member AND action = 'reset' AND scope IS NOT 'topic'
          AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)), 0)
    ORDER BY seq DESC LIMIT 1), (
    SELECT baseline FROM opening
    WHERE member = NEW.member AND baseline IS NOT NULL
      AND seq > coalesce((SELECT max(seq) FROM sanction
        WHERE member = NEW.member AND action = 'reset' AND scope IS NOT 'topic'
          AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)), 0)
    ORDER BY seq DESC LIMIT 1), 0.85)
  WHERE seq = NEW.seq;
END;

CREATE TRIGGER IF NOT EXISTS log_entry_in_order BEFORE INSERT ON log_entry
WHEN NEW.seq IS NOT (SELECT seq FROM next_seq)
BEGIN
  SELECT RAISE(ABORT, 'log_entry.seq must be the next one: (SELECT seq FROM next_seq)');
END;

CREATE TRIGGER IF NOT EXISTS log_entry_is_fixed BEFORE UPDATE ON log_entry
BEGIN
  SELECT RAISE(ABORT, 'the log does not change');
END;

CREATE TRIGGER IF NOT EXISTS log_entry_is_kept BEFORE DELETE ON log_entry
BEGIN
  SELECT RAISE(ABORT, 'the log is kept');
END;

CREATE TRIGGER IF NOT EXISTS assessment_is_kept BEFORE DELETE ON assessment
BEGIN
  SELECT RAISE(ABORT, 'assessments are kept: add one with the next revision instead');
END;

CREATE TRIGGER IF NOT EXISTS assessment_is_fixed BEFORE UPDATE ON assessment
WHEN OLD.baseline_after IS NOT NULL OR OLD.coherence IS NULL
BEGIN
  SELECT RAISE(ABORT, 'assessments do not change: add one with the next revision instead');
END;

CREATE TRIGGER IF NOT EXISTS sanction_is_new BEFORE INSERT ON sanction
BEGIN
  SELECT RAISE(ABORT, 'seq and case_no are given by the database: leave them out')
    WHERE NEW.seq IS NOT NULL OR NEW.case_no IS NOT NULL;
  SELECT RAISE(ABORT, 'sanctions are kept: a case cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM sanction WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'that decision has a case already') WHERE EXISTS (SELECT 1 FROM sanction WHERE decision = NEW.decision);
  SELECT RAISE(ABORT, 'there is a case for that event already') WHERE EXISTS (SELECT 1 FROM sanction WHERE event = NEW.event);
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

-- The job tick begins the ban of such a case, and lifts it when the case is undone.
CREATE TRIGGER IF NOT EXISTS sanction_of_shadow_ban BEFORE INSERT ON sanction
WHEN NEW.action = 'shadow_ban'
BEGIN
  SELECT RAISE(ABORT, 'shadow bans are off in this community')
    WHERE (SELECT value FROM setting WHERE name = 'shadow_ban_mode') = 'off';
  SELECT RAISE(ABORT, 'members who are marked as minors or paying are not shadow banned covertly')
    WHERE (SELECT value FROM setting WHERE name = 'shadow_ban_mode') = 'covert'
      AND (SELECT minor OR paying FROM member WHERE id = NEW.member);
  SELECT RAISE(ABORT, 'a shadow ban takes some time to grow, and is lifted after it starts')
    WHERE NEW.duration_s / 86400.0 <= 0 OR NEW.ends_at <= NEW.at;
  SELECT RAISE(ABORT, 'a sanction needs a reason')
    WHERE trim(NEW.reason, char(9, 10, 11, 12, 13, 32)) = '';
  SELECT RAISE(ABORT, 'admins cannot be shadow banned')
    WHERE (SELECT mask & 131072 <> 0 FROM privilege WHERE member = NEW.member); -- GUILD_ADMIN
END;

CREATE TRIGGER IF NOT EXISTS sanction_is_numbered AFTER INSERT ON sanction
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'sanction');
  UPDATE sanction SET
    seq = (SELECT max(seq) FROM log_entry),
    case_no = (SELECT coalesce(max(case_no), 0) + 1 FROM sanction),
    member = coalesce(NEW.member, (SELECT member FROM sanction WHERE case_no = NEW.undoes)),
    ends_at = coalesce(NEW.ends_at, iif(NEW.action = 'shadow_ban', NULL, NEW.at + NEW.duration_s))
  WHERE id = NEW.id;
END;

-- A reset of all: what people wrote about the member is cleared, and immunity ends. To undo the case brings back what
-- is counted, not these.
CREATE TRIGGER IF NOT EXISTS sanction_resets_all AFTER UPDATE ON sanction
WHEN OLD.seq IS NULL AND NEW.scope = 'all'
BEGIN
  UPDATE note SET cleared_at = NEW.at, cleared_by = 'case ' || NEW.case_no WHERE member = NEW.member AND cleared_at IS NULL;
  UPDATE profile SET cleared_at = NEW.at, cleared_by = 'case ' || NEW.case_no WHERE member = NEW.member AND cleared_at IS NULL;
  UPDATE alias SET cleared_at = NEW.at, cleared_by = 'case ' || NEW.case_no WHERE member = NEW.member AND cleared_at IS NULL;
  INSERT INTO immunity (member, at, immune, moderator, reason)
    SELECT NEW.member, NEW.at, 0, NEW.moderator, 'case ' || NEW.case_no
    WHERE (SELECT immune FROM immunity WHERE member = NEW.member ORDER BY seq DESC LIMIT 1) = 1;
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

CREATE TRIGGER IF NOT EXISTS verdict_is_new BEFORE INSERT ON verdict
BEGIN
  SELECT RAISE(ABORT, 'verdict.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'verdicts are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM verdict WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'verdict.member must be the one who wrote the message')
    WHERE NEW.member IS NOT (SELECT member FROM message WHERE id = NEW.message);
END;

CREATE TRIGGER IF NOT EXISTS verdict_is_numbered AFTER INSERT ON verdict
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'verdict');
  UPDATE verdict SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS verdict_is_fixed BEFORE UPDATE ON verdict
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'verdicts do not change: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS verdict_is_kept BEFORE DELETE ON verdict
BEGIN
  SELECT RAISE(ABORT, 'verdicts are kept: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS reputation_change_is_new BEFORE INSERT ON reputation_change
BEGIN
  SELECT RAISE(ABORT, 'reputation_change.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'changes of reputation are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM reputation_change WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'reputation_change.before is given by the database: leave it out') WHERE NEW.before IS NOT NULL;
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
  SELECT RAISE(ABORT, 'that flag or verdict has changed a reputation already')
    WHERE EXISTS (SELECT 1 FROM reputation_change WHERE flag = NEW.flag AND cause = NEW.cause)
      OR EXISTS (SELECT 1 FROM reputation_change WHERE verdict = NEW.verdict AND cause = NEW.cause);
END;

CREATE TRIGGER IF NOT EXISTS reputation_change_is_numbered AFTER INSERT ON reputation_change
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'reputation_change');
  UPDATE reputation_change SET seq = (SELECT max(seq) FROM log_entry),
    before = (SELECT reputation FROM member_reputation WHERE member = NEW.member)
  WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS reputation_change_is_fixed BEFORE UPDATE ON reputation_change
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'changes of reputation do not change: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS reputation_change_is_kept BEFORE DELETE ON reputation_change
BEGIN
  SELECT RAISE(ABORT, 'changes of reputation are kept: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS flag_is_new BEFORE INSERT ON flag
BEGIN
  SELECT RAISE(ABORT, 'flag.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'flags are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM flag WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such message to flag') WHERE NOT EXISTS (SELECT 1 FROM message WHERE id = NEW.message);
  SELECT RAISE(ABORT, 'flag.member is given by the database: leave it out') WHERE NEW.member IS NOT NULL;
  SELECT RAISE(ABORT, 'there is no such member to report it') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.reporter);
  SELECT RAISE(ABORT, 'there is no such type of flag: see flag_type')
    WHERE NOT EXISTS (SELECT 1 FROM flag_type WHERE name = NEW.type);
  SELECT RAISE(ABORT, 'that reporter has flagged that message already')
    WHERE EXISTS (SELECT 1 FROM flag WHERE reporter = NEW.reporter AND message = NEW.message);
END;

CREATE TRIGGER IF NOT EXISTS flag_is_numbered AFTER INSERT ON flag
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'flag');
  UPDATE flag SET seq = (SELECT max(seq) FROM log_entry), member = (SELECT member FROM message WHERE id = NEW.message) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS flag_calls_person AFTER UPDATE OF seq ON flag
WHEN OLD.seq IS NULL
BEGIN
  INSERT INTO review (at, message, member, flag, reason)
    SELECT NEW.at, NEW.message, NEW.member, NEW.id, 'flag ' || flag_type.name
    FROM flag_type WHERE name = NEW.type AND (calls_moderator OR (SELECT value FROM setting WHERE name = 'flag_mode') = 'review');
END;

CREATE TRIGGER IF NOT EXISTS flag_is_fixed BEFORE UPDATE ON flag
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'flags do not change: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS flag_is_kept BEFORE DELETE ON flag
BEGIN
  SELECT RAISE(ABORT, 'flags are kept: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS notification_is_new BEFORE INSERT ON notification
BEGIN
  SELECT RAISE(ABORT, 'notification.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'notifications are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM notification WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
END;

CREATE TRIGGER IF NOT EXISTS notification_is_numbered AFTER INSERT ON notification
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'notification');
  UPDATE notification SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS notification_is_fixed BEFORE UPDATE ON notification
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'notifications do not change: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS notification_is_kept BEFORE DELETE ON notification
BEGIN
  SELECT RAISE(ABORT, 'notifications are kept: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS immunity_is_new BEFORE INSERT ON immunity
BEGIN
  SELECT RAISE(ABORT, 'immunity.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'switches of immunity are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM immunity WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
END;

CREATE TRIGGER IF NOT EXISTS immunity_is_numbered AFTER INSERT ON immunity
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'immunity');
  UPDATE immunity SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS immunity_is_fixed BEFORE UPDATE ON immunity
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'switches of immunity do not change: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS immunity_is_kept BEFORE DELETE ON immunity
BEGIN
  SELECT RAISE(ABORT, 'switches of immunity are kept: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS arrival_is_new BEFORE INSERT ON arrival
BEGIN
  SELECT RAISE(ABORT, 'arrival.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'arrivals are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM arrival WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM arrival WHERE event = NEW.event);
  SELECT RAISE(ABORT, 'there is no such channel') WHERE NOT EXISTS (SELECT 1 FROM channel WHERE id = NEW.channel);
END;

CREATE TRIGGER IF NOT EXISTS arrival_is_numbered AFTER INSERT ON arrival
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'arrival');
  UPDATE arrival SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS arrival_is_fixed BEFORE UPDATE ON arrival
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'arrivals do not change');
END;

CREATE TRIGGER IF NOT EXISTS arrival_is_kept BEFORE DELETE ON arrival
BEGIN
  SELECT RAISE(ABORT, 'arrivals are kept');
END;

CREATE TRIGGER IF NOT EXISTS opening_is_new BEFORE INSERT ON opening
BEGIN
  SELECT RAISE(ABORT, 'opening.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'openings are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM opening WHERE id = NEW.id OR (platform, platform_id) = (NEW.platform, NEW.platform_id));
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
END;

CREATE TRIGGER IF NOT EXISTS opening_is_numbered AFTER INSERT ON opening
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'opening');
  UPDATE opening SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS opening_is_fixed BEFORE UPDATE ON opening
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'openings do not change');
END;

CREATE TRIGGER IF NOT EXISTS opening_is_kept BEFORE DELETE ON opening
BEGIN
  SELECT RAISE(ABORT, 'openings are kept');
END;

CREATE TRIGGER IF NOT EXISTS mode_change_is_new BEFORE INSERT ON mode_change
BEGIN
  SELECT RAISE(ABORT, 'mode_change.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'switches of the mode are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM mode_change WHERE id = NEW.id);
END;

CREATE TRIGGER IF NOT EXISTS mode_change_is_numbered AFTER INSERT ON mode_change
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'mode_change');
  UPDATE mode_change SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS mode_change_is_fixed BEFORE UPDATE ON mode_change
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'switches of the mode do not change: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS mode_change_is_kept BEFORE DELETE ON mode_change
BEGIN
  SELECT RAISE(ABORT, 'switches of the mode are kept: add another row instead');
END;

CREATE TRIGGER IF NOT EXISTS second_look_is_new BEFORE INSERT ON second_look
BEGIN
  SELECT RAISE(ABORT, 'second_look.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'second looks are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM second_look WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'second_look.assessment must be one of the message')
    WHERE NOT EXISTS (SELECT 1 FROM assessment WHERE seq = NEW.assessment AND message = NEW.message);
END;

CREATE TRIGGER IF NOT EXISTS second_look_is_numbered AFTER INSERT ON second_look
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'second_look');
  UPDATE second_look SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS second_look_is_fixed BEFORE UPDATE ON second_look
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'second looks do not change');
END;

CREATE TRIGGER IF NOT EXISTS second_look_is_kept BEFORE DELETE ON second_look
BEGIN
  SELECT RAISE(ABORT, 'second looks are kept');
END;

-- What people keep about a member. Clearing hides: nothing is deleted, and who cleared it stays known.
--
--     UPDATE note SET cleared_at = 1700000000, cleared_by = 'ann' WHERE member = 7 AND cleared_at IS NULL;
CREATE TABLE IF NOT EXISTS note (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  author TEXT NOT NULL,
  text TEXT NOT NULL CONSTRAINT "a note needs a text" CHECK (trim(text) <> ''),
  decision INTEGER REFERENCES decision, -- NULL if a person wrote it
  cleared_at REAL CHECK (abs(cleared_at) < 1e12),
  cleared_by TEXT,
  CONSTRAINT "who clears a note must be named" CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS note_member ON note (member, at);
CREATE INDEX IF NOT EXISTS note_decision ON note (decision) WHERE decision IS NOT NULL;

-- What a model knows of a member, apart from the notes. The newest row is the profile; writing one adds a row.
CREATE TABLE IF NOT EXISTS profile (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  author TEXT NOT NULL,
  text TEXT NOT NULL CONSTRAINT "a profile has at most 500 characters"
    CHECK (length(text) <= 500 AND instr(text, char(0)) = 0), -- length() counts up to a NUL
  cleared_at REAL CHECK (abs(cleared_at) < 1e12),
  cleared_by TEXT,
  CONSTRAINT "who clears a profile must be named" CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS profile_member ON profile (member, at);

-- Other names of a member, looked up by `folded`: the name as fold(name) gives it.
CREATE TABLE IF NOT EXISTS alias (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  member INTEGER NOT NULL REFERENCES member,
  name TEXT NOT NULL CONSTRAINT "an alias needs a name" CHECK (trim(name) <> ''),
  folded TEXT NOT NULL,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  author TEXT,
  cleared_at REAL CHECK (abs(cleared_at) < 1e12),
  cleared_by TEXT,
  CONSTRAINT "who clears an alias must be named" CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS alias_folded ON alias (folded) WHERE cleared_at IS NULL;
CREATE INDEX IF NOT EXISTS alias_member ON alias (member);

CREATE TRIGGER IF NOT EXISTS note_is_kept BEFORE DELETE ON note
BEGIN
  SELECT RAISE(ABORT, 'a note is not deleted: set cleared_at and cleared_by instead');
END;

CREATE TRIGGER IF NOT EXISTS note_is_new BEFORE INSERT ON note
BEGIN
  SELECT RAISE(ABORT, 'a note is not replaced: clear it and add another') WHERE EXISTS (SELECT 1 FROM note WHERE id = NEW.id);
END;

CREATE TRIGGER IF NOT EXISTS note_is_fixed BEFORE UPDATE ON note
WHEN (NEW.id, NEW.member, NEW.at, NEW.author, NEW.text, NEW.decision)
  IS NOT (OLD.id, OLD.member, OLD.at, OLD.author, OLD.text, OLD.decision)
BEGIN
  SELECT RAISE(ABORT, 'a note does not change: clear it and add another');
END;

CREATE TRIGGER IF NOT EXISTS profile_is_kept BEFORE DELETE ON profile
BEGIN
  SELECT RAISE(ABORT, 'a profile is not deleted: set cleared_at and cleared_by instead');
END;

CREATE TRIGGER IF NOT EXISTS profile_is_new BEFORE INSERT ON profile
BEGIN
  SELECT RAISE(ABORT, 'a profile is not replaced: clear it and add another') WHERE EXISTS (SELECT 1 FROM profile WHERE id = NEW.id);
END;

CREATE TRIGGER IF NOT EXISTS profile_is_fixed BEFORE UPDATE ON profile
WHEN (NEW.id, NEW.member, NEW.at, NEW.author, NEW.text) IS NOT (OLD.id, OLD.member, OLD.at, OLD.author, OLD.text)
BEGIN
  SELECT RAISE(ABORT, 'a profile does not change: clear it and add another');
END;

CREATE TRIGGER IF NOT EXISTS alias_is_kept BEFORE DELETE ON alias
BEGIN
  SELECT RAISE(ABORT, 'an alias is not deleted: set cleared_at and cleared_by instead');
END;

CREATE TRIGGER IF NOT EXISTS alias_is_new BEFORE INSERT ON alias
BEGIN
  SELECT RAISE(ABORT, 'an alias is not replaced: clear it and add another') WHERE EXISTS (SELECT 1 FROM alias WHERE id = NEW.id);
END;

CREATE TRIGGER IF NOT EXISTS alias_is_fixed BEFORE UPDATE ON alias
WHEN (NEW.id, NEW.member, NEW.at, NEW.author, NEW.name, NEW.folded) IS NOT (OLD.id, OLD.member, OLD.at, OLD.author, OLD.name, OLD.folded)
BEGIN
  SELECT RAISE(ABORT, 'an alias does not change: clear it and add another');
END;

-- What a person should look at: a flag, a verdict, a policy's decision. One moderator at a time:
--
--     UPDATE review SET claimed_by = 'ann' WHERE id = 3;
--     UPDATE review SET outcome = 'upheld', decided_by = 'ann' WHERE id = 3;     -- or 'rejected'
CREATE TABLE IF NOT EXISTS review (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  message INTEGER REFERENCES message,
  member INTEGER NOT NULL REFERENCES member,
  reason TEXT NOT NULL,
  flag INTEGER UNIQUE REFERENCES flag,
  verdict INTEGER UNIQUE REFERENCES verdict,
  decision INTEGER UNIQUE REFERENCES decision,
  claimed_by TEXT,
  claimed_at REAL CHECK (abs(claimed_at) < 1e12), -- filled in
  claimed_until REAL CHECK (abs(claimed_until) < 2e12), -- filled in: review_claim_minutes later, and then others may claim it
  outcome TEXT CHECK (outcome IN ('upheld', 'rejected')),
  decided_by TEXT,
  decided_at REAL CHECK (abs(decided_at) < 1e12), -- filled in
  appeal INTEGER UNIQUE REFERENCES appeal,
  CONSTRAINT "a review is of one flag, verdict, decision or appeal"
    CHECK ((flag IS NOT NULL) + (verdict IS NOT NULL) + (decision IS NOT NULL) + (appeal IS NOT NULL) <= 1),
  CONSTRAINT "who decided a review must be named" CHECK ((outcome IS NULL) = (decided_by IS NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS review_open ON review (at) WHERE outcome IS NULL;
CREATE INDEX IF NOT EXISTS review_member ON review (member, coalesce(decided_at, 1e13));
CREATE INDEX IF NOT EXISTS review_message ON review (message);

CREATE TRIGGER IF NOT EXISTS review_is_new BEFORE INSERT ON review
BEGIN
  SELECT RAISE(ABORT, 'reviews are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM review WHERE id = NEW.id OR flag = NEW.flag OR verdict = NEW.verdict OR decision = NEW.decision
      OR appeal = NEW.appeal);
  SELECT RAISE(ABORT, 'a review begins undecided: update its outcome') WHERE NEW.outcome IS NOT NULL;
END;

-- What a review is about does not change, nor does a decision that was made.
CREATE TRIGGER IF NOT EXISTS review_is_fixed BEFORE UPDATE ON review
BEGIN
  SELECT RAISE(ABORT, 'what a review is about does not change')
    WHERE (NEW.id, NEW.at, NEW.message, NEW.member, NEW.reason, NEW.flag, NEW.verdict, NEW.decision, NEW.appeal)
      IS NOT (OLD.id, OLD.at, OLD.message, OLD.member, OLD.reason, OLD.flag, OLD.verdict, OLD.decision, OLD.appeal);
  SELECT RAISE(ABORT, 'that review is decided already')
    WHERE OLD.outcome IS NOT NULL AND (NEW.outcome, NEW.decided_by, coalesce(OLD.decided_at, NEW.decided_at))
      IS NOT (OLD.outcome, OLD.decided_by, NEW.decided_at);
END;

CREATE TRIGGER IF NOT EXISTS review_is_claimed BEFORE UPDATE OF claimed_by, outcome ON review
BEGIN
  SELECT RAISE(ABORT, 'that review is decided already') WHERE OLD.outcome IS NOT NULL;
  SELECT RAISE(ABORT, 'another moderator has claimed that review')
    WHERE OLD.claimed_until > coalesce(nullif(NEW.claimed_at, OLD.claimed_at), NEW.decided_at, ((julianday('now') - 2440587.5) * 86400.0))
      AND coalesce(NEW.decided_by, NEW.claimed_by) <> OLD.claimed_by;
END;

-- A claim at the very time of another's: above, it is not told from one without a time.
CREATE TRIGGER IF NOT EXISTS review_is_claimed_at BEFORE UPDATE OF claimed_at ON review
WHEN NEW.claimed_by <> OLD.claimed_by AND OLD.claimed_until > NEW.claimed_at
BEGIN
  SELECT RAISE(ABORT, 'another moderator has claimed that review');
END;

CREATE TRIGGER IF NOT EXISTS review_claim_ends AFTER UPDATE OF claimed_by ON review
BEGIN
  UPDATE review SET claimed_at = CASE WHEN NEW.claimed_by IS NOT NULL
      THEN coalesce(nullif(NEW.claimed_at, OLD.claimed_at), ((julianday('now') - 2440587.5) * 86400.0)) END
    WHERE id = NEW.id;
  UPDATE review SET claimed_until = claimed_at + 60.0 * (SELECT value FROM setting WHERE name = 'review_claim_minutes')
    WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS review_is_decided AFTER UPDATE OF outcome ON review
WHEN NEW.outcome IS NOT NULL AND NEW.decided_at IS NULL
BEGIN
  UPDATE review SET decided_at = ((julianday('now') - 2440587.5) * 86400.0) WHERE id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS review_is_kept BEFORE DELETE ON review
BEGIN
  SELECT RAISE(ABORT, 'reviews are kept: decide on it instead');
END;

-- A person's yes to what a policy may not do alone carries it out: a case of both.
CREATE TRIGGER IF NOT EXISTS review_confirms_decision AFTER UPDATE OF outcome ON review
WHEN NEW.outcome = 'upheld' AND NEW.decision IS NOT NULL
BEGIN
  INSERT INTO sanction (member, action, duration_s, at, reason, policy, decision, message, moderator)
    SELECT member, action, duration_s, coalesce(NEW.decided_at, (julianday('now') - 2440587.5) * 86400.0),
      iif(trim(coalesce(reason, '')) = '', policy, reason), policy, id, message, NEW.decided_by
    FROM decision
    WHERE id = NEW.decision AND mode = 'enforce' AND action IN ('kick', 'ban', 'shadow_ban')
      AND NOT EXISTS (SELECT 1 FROM sanction WHERE sanction.decision = NEW.decision);
END;

CREATE TRIGGER IF NOT EXISTS appeal_is_new BEFORE INSERT ON appeal
BEGIN
  SELECT RAISE(ABORT, 'appeals are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM appeal WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such case') WHERE NOT EXISTS (SELECT 1 FROM sanction WHERE case_no = NEW.case_no);
  SELECT RAISE(ABORT, 'there is an appeal of that case already') WHERE EXISTS (SELECT 1 FROM appeal WHERE case_no = NEW.case_no);
  SELECT RAISE(ABORT, 'there is nothing to object to in that case: it is an undo or a reset')
    WHERE EXISTS (SELECT 1 FROM sanction WHERE case_no = NEW.case_no AND action IN ('undo', 'reset'));
  SELECT RAISE(ABORT, 'that case is undone already') WHERE EXISTS (SELECT 1 FROM sanction WHERE undoes = NEW.case_no);
END;

CREATE TRIGGER IF NOT EXISTS appeal_calls_person AFTER INSERT ON appeal
BEGIN
  INSERT INTO review (at, message, member, appeal, reason)
    SELECT NEW.at, message, member, NEW.id, 'appeal of case ' || NEW.case_no FROM sanction WHERE case_no = NEW.case_no;
END;

CREATE TRIGGER IF NOT EXISTS appeal_is_fixed BEFORE UPDATE ON appeal
BEGIN
  SELECT RAISE(ABORT, 'appeals do not change: decide on the review');
END;

CREATE TRIGGER IF NOT EXISTS appeal_is_kept BEFORE DELETE ON appeal
BEGIN
  SELECT RAISE(ABORT, 'appeals are kept: decide on the review');
END;

CREATE TRIGGER IF NOT EXISTS review_of_appeal BEFORE UPDATE OF claimed_by, outcome ON review
WHEN NEW.appeal IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'another moderator than the one who acted decides on an appeal')
    WHERE coalesce(NEW.decided_by, NEW.claimed_by)
      = (SELECT moderator FROM appeal JOIN sanction USING (case_no) WHERE appeal.id = NEW.appeal);
END;

CREATE TRIGGER IF NOT EXISTS review_grants_appeal AFTER UPDATE OF outcome ON review
WHEN NEW.outcome = 'upheld' AND NEW.appeal IS NOT NULL
BEGIN
  INSERT INTO sanction (action, undoes, at, reason, moderator)
    SELECT 'undo', case_no, coalesce(NEW.decided_at, (julianday('now') - 2440587.5) * 86400.0), 'the appeal was upheld', NEW.decided_by
    FROM appeal WHERE id = NEW.appeal AND NOT EXISTS (SELECT 1 FROM sanction WHERE undoes = case_no);
END;

CREATE TRIGGER IF NOT EXISTS case_note_is_new BEFORE INSERT ON case_note
BEGIN
  SELECT RAISE(ABORT, 'what was said of a case is kept: add another row') WHERE EXISTS (SELECT 1 FROM case_note WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such case') WHERE NOT EXISTS (SELECT 1 FROM sanction WHERE case_no = NEW.case_no);
END;

CREATE TRIGGER IF NOT EXISTS case_note_is_fixed BEFORE UPDATE ON case_note
BEGIN
  SELECT RAISE(ABORT, 'what was said of a case does not change: add another row');
END;

CREATE TRIGGER IF NOT EXISTS case_note_is_kept BEFORE DELETE ON case_note
BEGIN
  SELECT RAISE(ABORT, 'what was said of a case is kept: add another row');
END;

-- Calls to platforms that are owed. They are written in the transaction of what they follow from, and made by decorum run: at least
-- once, whatever happens in between. `sending` has a lease; what was being sent when a bot was killed is `in doubt` and sent again.
-- What is to be said is put into words when it is sent, of the case, decision, review or notification; `text` is what has been said
-- in answer to a command.
--
--     SELECT * FROM outbox WHERE state NOT IN ('done', 'dropped');      -- what is owed, or failed
CREATE TABLE IF NOT EXISTS outbox (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  key TEXT NOT NULL UNIQUE,         -- 'case 12 mute irc': owed once; platforms that can, are told it
  platform TEXT NOT NULL,
  call TEXT NOT NULL CHECK (call IN ('say', 'reply', 'dm', 'warn', 'delete', 'mute', 'unmute', 'kick', 'ban', 'unban', 'slowmode',
    'slowmode_end')),
  case_no INTEGER REFERENCES sanction (case_no), -- what it follows from...
  decision INTEGER REFERENCES decision,
  review INTEGER REFERENCES review,
  notification INTEGER REFERENCES notification,
  member INTEGER REFERENCES member, -- whom it is done to, or told
  message INTEGER REFERENCES message,
  channel TEXT,                     -- where; NULL: wherever the bot moderates, and of a dm to the member alone
  text TEXT,
  until_at REAL CHECK (abs(until_at) < 2e12), -- of a mute, a ban or slow mode
  due_at REAL NOT NULL CHECK (abs(due_at) < 2e12),
  expires_at REAL CHECK (abs(expires_at) < 2e12), -- dropped if not made by then; NULL: never
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'in doubt', 'done', 'failed', 'dropped')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  leased_until REAL CHECK (abs(leased_until) < 2e12),
  ended_at REAL CHECK (abs(ended_at) < 1e12),
  outcome TEXT,                     -- how it was done if not as asked, or why it failed or was dropped
  marks TEXT CHECK (marks GLOB '[[]*]'), -- JSON: what the platform must be told to take it back
  recipient TEXT,                   -- the platform's id of who is answered, who need be no member
  CONSTRAINT "a call follows from one thing"
    CHECK ((case_no IS NOT NULL) + (decision IS NOT NULL) + (review IS NOT NULL) + (notification IS NOT NULL) <= 1)
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_owed ON outbox (due_at, id) WHERE state IN ('pending', 'sending', 'in doubt');
CREATE INDEX IF NOT EXISTS outbox_case ON outbox (case_no);
CREATE INDEX IF NOT EXISTS outbox_member ON outbox (member, call);
CREATE INDEX IF NOT EXISTS outbox_decision ON outbox (decision) WHERE decision IS NOT NULL;

-- Which calls an action owes, in their order: the member is told first, so that who is kicked knows why. With until, when it ends.
CREATE TABLE IF NOT EXISTS owed_call (
  action TEXT NOT NULL,
  is_undo INTEGER NOT NULL CHECK (is_undo IN (0, 1)), -- 1: of the undo of such a case
  step INTEGER NOT NULL,
  call TEXT NOT NULL,
  expires_s REAL,                   -- not made later than so long after it was due; NULL: until the sanction ends
  at_end INTEGER NOT NULL DEFAULT 0 CHECK (at_end IN (0, 1)), -- 1: when the sanction ends, if it does
  PRIMARY KEY (action, is_undo, step)
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO owed_call (action, is_undo, step, call, expires_s, at_end) VALUES
  ('warn', 0, 1, 'warn', 600, 0), ('warn', 1, 1, 'dm', 600, 0),
  ('delete', 0, 1, 'dm', 600, 0), ('delete', 0, 2, 'delete', 86400, 0),
  ('slowmode', 0, 1, 'dm', 600, 0), ('slowmode', 0, 2, 'slowmode', NULL, 0), ('slowmode', 0, 3, 'slowmode_end', NULL, 1),
  ('slowmode', 1, 1, 'slowmode_end', NULL, 0),
  ('mute', 0, 1, 'dm', 600, 0), ('mute', 0, 2, 'mute', NULL, 0), ('mute', 0, 3, 'unmute', NULL, 1),
  ('mute', 1, 1, 'unmute', NULL, 0), ('mute', 1, 2, 'dm', 600, 0),
  ('timeout', 0, 1, 'dm', 600, 0), ('timeout', 0, 2, 'mute', NULL, 0), ('timeout', 0, 3, 'unmute', NULL, 1),
  ('timeout', 1, 1, 'unmute', NULL, 0), ('timeout', 1, 2, 'dm', 600, 0),
  ('kick', 0, 1, 'dm', 600, 0), ('kick', 0, 2, 'kick', 600, 0),
  ('ban', 0, 1, 'dm', 600, 0), ('ban', 0, 2, 'ban', NULL, 0), ('ban', 0, 3, 'unban', NULL, 1),
  ('ban', 1, 1, 'unban', NULL, 0);

-- A case is owed to the platforms that the member is on. Not what a log tells of, nor what a policy decided about one.
CREATE TRIGGER IF NOT EXISTS sanction_is_owed AFTER UPDATE ON sanction
WHEN OLD.seq IS NULL AND NEW.event IS NULL AND EXISTS (SELECT 1 FROM connection)
  AND (NEW.policy IS NULL OR NEW.moderator IS NOT NULL OR (SELECT live FROM message WHERE id = NEW.message))
BEGIN
  INSERT OR IGNORE INTO outbox (key, platform, call, case_no, member, message, channel, until_at, due_at, expires_at)
    SELECT 'case ' || NEW.case_no || ' ' || call || ' ' || connection.platform, connection.platform, call, NEW.case_no, NEW.member,
      message.id, iif(call IN ('warn', 'delete', 'slowmode', 'slowmode_end'), channel.name, NULL),
      iif(call IN ('mute', 'ban', 'slowmode'), NEW.ends_at, NULL), iif(at_end, NEW.ends_at, NEW.at),
      iif(at_end OR is_undo, NEW.at + expires_s, coalesce(NEW.at + expires_s, NEW.ends_at))
    FROM account
      JOIN connection ON connection.platform = account.platform
      LEFT JOIN sanction AS undone ON undone.case_no = NEW.undoes
      JOIN owed_call ON owed_call.action = coalesce(undone.action, NEW.action) AND is_undo = (undone.case_no IS NOT NULL)
      LEFT JOIN message ON message.id = coalesce(undone.message, NEW.message) AND message.platform = connection.platform
      LEFT JOIN channel ON channel.id = message.channel
    WHERE account.member = NEW.member AND (NOT at_end OR NEW.ends_at IS NOT NULL)
    ORDER BY step;
  INSERT INTO outbox (key, platform, call, case_no, channel, due_at, expires_at) -- moderators hear of what policies do
    SELECT 'case ' || NEW.case_no || ' say ' || platform, platform, 'say', NEW.case_no, moderators, NEW.at, NEW.at + 86400
    FROM message JOIN connection USING (platform)
    WHERE message.id = NEW.message AND NEW.policy IS NOT NULL AND NEW.moderator IS NULL AND moderators IS NOT NULL;
END;

-- An honest community tells whom it shadow bans; the answer to an appeal goes to who objected.
CREATE TRIGGER IF NOT EXISTS sanction_is_told AFTER UPDATE ON sanction
WHEN OLD.seq IS NULL AND NEW.action = 'shadow_ban' AND (SELECT value FROM setting WHERE name = 'shadow_ban_mode') = 'honest'
BEGIN
  INSERT OR IGNORE INTO outbox (key, platform, call, case_no, member, due_at, expires_at)
    SELECT 'case ' || NEW.case_no || ' dm ' || platform, platform, 'dm', NEW.case_no, NEW.member, NEW.at, NEW.at + 600
    FROM account JOIN connection USING (platform) WHERE member = NEW.member;
END;

CREATE TRIGGER IF NOT EXISTS review_is_told AFTER UPDATE OF outcome ON review
WHEN NEW.outcome = 'rejected' AND NEW.appeal IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO outbox (key, platform, call, review, member, due_at, expires_at)
    SELECT 'review ' || NEW.id || ' dm ' || platform, platform, 'dm', NEW.id, NEW.member, coalesce(NEW.decided_at, now), now + 86400
    FROM account JOIN connection USING (platform), (SELECT (julianday('now') - 2440587.5) * 86400.0 AS now) WHERE member = NEW.member;
END;

-- Moderators hear of what waits for them.
CREATE TRIGGER IF NOT EXISTS review_is_announced AFTER INSERT ON review
BEGIN
  INSERT INTO outbox (key, platform, call, review, channel, due_at, expires_at)
    SELECT 'review ' || NEW.id || ' say ' || platform, platform, 'say', NEW.id, moderators, NEW.at, NEW.at + 86400
    FROM connection WHERE moderators IS NOT NULL AND coalesce((SELECT live FROM message WHERE id = NEW.message), 1);
END;

CREATE TRIGGER IF NOT EXISTS notification_is_owed AFTER INSERT ON notification
WHEN (SELECT live FROM message WHERE id = NEW.message)
BEGIN
  INSERT INTO outbox (key, platform, call, notification, member, message, channel, due_at, expires_at)
    SELECT 'notification ' || NEW.id || ' ' || connection.platform, connection.platform, iif(NEW.kind = 'topic', 'reply', 'say'), NEW.id,
      NEW.member, NEW.message, iif(NEW.kind = 'topic', channel.name, moderators), NEW.at, NEW.at + 600
    FROM message JOIN channel ON channel.id = message.channel JOIN connection ON connection.platform = message.platform
    WHERE message.id = NEW.message AND (NEW.kind = 'topic' OR moderators IS NOT NULL);
END;

-- Who was forgotten, when, by whom: decorum erase writes the receipt. No name stands in it.
CREATE TABLE IF NOT EXISTS erasure (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  member INTEGER NOT NULL REFERENCES member,
  moderator TEXT,                   -- by whom
  reason TEXT,
  counts TEXT NOT NULL CHECK (counts GLOB '{*}'), -- JSON, {"texts": 12, "notes": 1}: what went
  held TEXT CHECK (held GLOB '[[]*]') -- JSON, [{"what": "texts", "count": 1, "why": "..."}]: what stayed; NULL: nothing
) STRICT;
CREATE INDEX IF NOT EXISTS erasure_member ON erasure (member);

CREATE TRIGGER IF NOT EXISTS erasure_is_fixed BEFORE UPDATE ON erasure
BEGIN
  SELECT RAISE(ABORT, 'receipts do not change');
END;

CREATE TRIGGER IF NOT EXISTS erasure_is_kept BEFORE DELETE ON erasure
BEGIN
  SELECT RAISE(ABORT, 'receipts are kept');
END;

-- Ids of members who were forgotten while a ban or a mute of theirs was in force, each as a hash that only who has the secret can
-- make: a new account of that id is the member who is banned. The job retention removes them when nothing is in force any more.
CREATE TABLE IF NOT EXISTS erased_account (
  platform TEXT NOT NULL,
  key TEXT NOT NULL,                -- see lua/decorum/keyed_hash.lua
  member INTEGER NOT NULL REFERENCES member,
  PRIMARY KEY (platform, key)
) STRICT, WITHOUT ROWID;

-- What ran when, and for whom it failed. Of runs one after another that found nothing to do the last is kept.
CREATE TABLE IF NOT EXISTS job_run (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  through_at REAL CHECK (abs(through_at) < 1e12), -- what lies before it has been dealt with, for jobs that catch up
  success INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  duration_s REAL NOT NULL DEFAULT 0,
  errors TEXT CHECK (errors GLOB '[[]*]') -- JSON, [{"member": 7, "cause": "..."}]
) STRICT;
CREATE INDEX IF NOT EXISTS job_run_job ON job_run (job, id);

-- The scorer's terms, to be edited. decorum init fills an empty one with those of decorum_lexicon; it can be brought up
-- to date with INSERT OR IGNORE INTO lexicon SELECT * FROM decorum_lexicon.
CREATE TABLE IF NOT EXISTS lexicon (
  term TEXT PRIMARY KEY,
  weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), -- said to somebody; 0 protects the term's words
  category TEXT NOT NULL
    CHECK (category IN ('insult', 'profanity', 'threat', 'hate', 'sexual', 'harassment', 'self_harm')),
  aim TEXT NOT NULL DEFAULT 'thing' CHECK (aim IN ('person', 'thing'))
) STRICT, WITHOUT ROWID;

-- Kinds of content that a model may be asked about, and how often beside text.
CREATE TABLE IF NOT EXISTS content_type (
  name TEXT PRIMARY KEY,
  multiplier REAL NOT NULL CHECK (multiplier >= 0 AND multiplier < 1e9)
) STRICT, WITHOUT ROWID;

-- What a community may set. 'ladder.warn' stands in the place of the param `warn` of the policy ladder, whichever its
-- version; which params there are is known to sql/flows.sql.
CREATE TABLE IF NOT EXISTS setting (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL,
  CONSTRAINT "window_size must be an integer between 1 and 1000" CHECK (name <> 'window_size'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 1 AND 1000 AND value = CAST(value AS INTEGER))),
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
  CONSTRAINT "analysis_cooldown_s must be a number of seconds, 0 or more" CHECK (name <> 'analysis_cooldown_s'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "topic_cooldown_minutes must be 0 or more" CHECK (name <> 'topic_cooldown_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "topic_reset_minutes must be 0 or more" CHECK (name <> 'topic_reset_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "burst_window_s must be a number of seconds above 0" CHECK (name <> 'burst_window_s'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e9)),
  CONSTRAINT "repeat_window_minutes must be a number above 0" CHECK (name <> 'repeat_window_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e9)),
  CONSTRAINT "coherence_drop must be between 0 and 1" CHECK (name <> 'coherence_drop'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 1)),
  CONSTRAINT "coherence_floor must be between 0 and 1" CHECK (name <> 'coherence_floor'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 1)),
  CONSTRAINT "coherence_cooldown_minutes must be 0 or more" CHECK (name <> 'coherence_cooldown_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e9)),
  CONSTRAINT "high_risk must be between 0 and 100" CHECK (name <> 'high_risk'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 100)),
  CONSTRAINT "low_risk must be between 0 and 100" CHECK (name <> 'low_risk'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 100)),
  CONSTRAINT "review_threshold must be between 0 and 100" CHECK (name <> 'review_threshold'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 100)),
  CONSTRAINT "review_claim_minutes must be a number above 0" CHECK (name <> 'review_claim_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e9)),
  CONSTRAINT "clean_reward must be an integer between 0 and 100" CHECK (name <> 'clean_reward'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 100 AND value = CAST(value AS INTEGER))),
  CONSTRAINT "review_penalty must be an integer between -100 and 0" CHECK (name <> 'review_penalty'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN -100 AND 0 AND value = CAST(value AS INTEGER))),
  CONSTRAINT "violation_penalty must be an integer between -100 and 0" CHECK (name <> 'violation_penalty'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN -100 AND 0 AND value = CAST(value AS INTEGER))),
  CONSTRAINT "decay_rate must be between 0 and 1" CHECK (name <> 'decay_rate'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 1)),
  CONSTRAINT "decay_period_days must be a number of days above 0" CHECK (name <> 'decay_period_days'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e6)),
  CONSTRAINT "neutral must be an integer between 0 and 100" CHECK (name <> 'neutral'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 100 AND value = CAST(value AS INTEGER))),
  CONSTRAINT "penalty_growth must be between 0 and 1000" CHECK (name <> 'penalty_growth'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 1000)),
  CONSTRAINT "brake_percent must be between 0 and 100" CHECK (name <> 'brake_percent'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 0 AND 100)),
  CONSTRAINT "brake_minutes must be a number above 0" CHECK (name <> 'brake_minutes'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e9)),
  CONSTRAINT "brake_members must be an integer, 1 or more" CHECK (name <> 'brake_members'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN 1 AND 1e9 AND value = CAST(value AS INTEGER))),
  CONSTRAINT "decision_days must be a number of days above 0" CHECK (name <> 'decision_days'
    OR (typeof(value) IN ('integer', 'real') AND value > 0 AND value < 1e6)),
  CONSTRAINT "text_days must be a number of days, 0 or more" CHECK (name <> 'text_days'
    OR (typeof(value) IN ('integer', 'real') AND value >= 0 AND value < 1e6)),
  CONSTRAINT "flag_mode must be review or immediate" CHECK (name <> 'flag_mode' OR value IN ('review', 'immediate')),
  CONSTRAINT "shadow_ban_mode must be off, honest or covert"
    CHECK (name <> 'shadow_ban_mode' OR value IN ('off', 'honest', 'covert')),
  CONSTRAINT "mode must be observe or enforce" CHECK (name <> 'mode' OR value IN ('observe', 'enforce')),
  CONSTRAINT "a policy's param must be a finite number" CHECK (name NOT GLOB '*.*'
    OR (typeof(value) IN ('integer', 'real') AND value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
  CONSTRAINT "there is no such setting" CHECK (name GLOB '[a-z]*.[a-zA-Z_]*' OR name IN ('window_size', 'window_minutes',
    'escalation_boost', 'offence_reset_minutes', 'warning_ttl_s', 'warn_cooldown_minutes',
    'analysis_cooldown_s', 'topic_cooldown_minutes', 'topic_reset_minutes', 'burst_window_s', 'repeat_window_minutes', 'coherence_drop',
    'coherence_floor', 'coherence_cooldown_minutes', 'high_risk', 'low_risk', 'review_threshold',
    'review_claim_minutes', 'clean_reward', 'review_penalty', 'violation_penalty', 'decay_rate',
    'decay_period_days', 'neutral', 'penalty_growth', 'flag_mode', 'shadow_ban_mode', 'mode', 'secret',
    'brake_percent', 'brake_minutes', 'brake_members', 'decision_days', 'text_days'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS setting_is_needed BEFORE DELETE ON setting
WHEN OLD.name NOT GLOB '*.*' -- without a policy's param, that of its script is in force again
BEGIN
  SELECT RAISE(ABORT, 'a setting cannot be deleted: update its value instead');
END;

CREATE TRIGGER IF NOT EXISTS setting_of_risk BEFORE UPDATE ON setting
BEGIN
  SELECT RAISE(ABORT, 'high_risk must be below low_risk')
    WHERE (NEW.name = 'high_risk' AND NEW.value >= (SELECT value FROM setting WHERE name = 'low_risk'))
      OR (NEW.name = 'low_risk' AND NEW.value <= (SELECT value FROM setting WHERE name = 'high_risk'));
END;

CREATE TRIGGER IF NOT EXISTS setting_of_risk_anew AFTER INSERT ON setting -- also in the place of one that was there
BEGIN
  SELECT RAISE(ABORT, 'high_risk must be below low_risk')
    WHERE (SELECT value FROM setting WHERE name = 'high_risk') >= (SELECT value FROM setting WHERE name = 'low_risk');
END;

CREATE TRIGGER IF NOT EXISTS setting_keeps_its_name BEFORE UPDATE OF name ON setting
WHEN NEW.name <> OLD.name
BEGIN
  SELECT RAISE(ABORT, 'a setting keeps its name: update its value instead');
END;

-- The mode is part of the log, so that the past can be asked about. To say it again is a switch if something else was said since.
CREATE TRIGGER IF NOT EXISTS setting_of_mode AFTER UPDATE OF value ON setting
WHEN NEW.name = 'mode'
BEGIN
  INSERT INTO mode_change (mode, reason) SELECT NEW.value, 'setting mode'
    WHERE coalesce((SELECT policy IS NOT NULL OR mode <> NEW.value FROM mode_change ORDER BY seq DESC LIMIT 1), NEW.value <> 'observe');
END;

CREATE TRIGGER IF NOT EXISTS setting_of_mode_anew AFTER INSERT ON setting
WHEN NEW.name = 'mode'
BEGIN
  UPDATE setting SET value = NEW.value WHERE name = 'mode';
END;

CREATE TRIGGER IF NOT EXISTS setting_of_covert BEFORE UPDATE OF value ON setting
WHEN NEW.name = 'shadow_ban_mode' AND NEW.value = 'covert'
BEGIN
  SELECT RAISE(ABORT, 'covert needs it on record that the rules announce it: INSERT INTO acknowledgement(subject, moderator, statement) VALUES (''covert shadow bans'', who, where)')
    WHERE NOT EXISTS (SELECT 1 FROM acknowledgement WHERE subject = 'covert shadow bans');
END;

CREATE TRIGGER IF NOT EXISTS setting_of_covert_anew AFTER INSERT ON setting
WHEN NEW.name = 'shadow_ban_mode'
BEGIN
  UPDATE setting SET value = NEW.value WHERE name = 'shadow_ban_mode';
END;

CREATE TRIGGER IF NOT EXISTS shadow_ban_case_is_fixed BEFORE UPDATE ON shadow_ban_case
BEGIN
  SELECT RAISE(ABORT, 'which case a shadow ban has does not change');
END;

CREATE TRIGGER IF NOT EXISTS shadow_ban_case_is_kept BEFORE DELETE ON shadow_ban_case
BEGIN
  SELECT RAISE(ABORT, 'the cases of shadow bans are kept: without them the bans would begin again');
END;

CREATE TRIGGER IF NOT EXISTS acknowledgement_is_new BEFORE INSERT ON acknowledgement
BEGIN
  SELECT RAISE(ABORT, 'acknowledgements are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM acknowledgement WHERE id = NEW.id);
END;

CREATE TRIGGER IF NOT EXISTS acknowledgement_is_fixed BEFORE UPDATE ON acknowledgement
BEGIN
  SELECT RAISE(ABORT, 'acknowledgements do not change: add another row');
END;

CREATE TRIGGER IF NOT EXISTS acknowledgement_is_kept BEFORE DELETE ON acknowledgement
BEGIN
  SELECT RAISE(ABORT, 'acknowledgements are kept: set shadow_ban_mode instead');
END;

INSERT OR IGNORE INTO community (id) VALUES (1);
INSERT OR IGNORE INTO setting (name, value) VALUES
  ('window_size', 10),                    -- messages that a drama score looks back on, at most...
  ('window_minutes', 15),                 -- ...and how far
  ('escalation_boost', 0.04),             -- added to it for each hostile message after a warning
  ('offence_reset_minutes', 120),         -- a longer pause and the next offence is a first one
  ('warning_ttl_s', 7200),                -- a warning lapses after it; 0 = never
  ('warn_cooldown_minutes', 5),           -- no second warning sooner
  ('analysis_cooldown_s', 0),             -- a model is not asked about a member sooner
  ('topic_cooldown_minutes', 10),         -- no second reminder of the topic sooner
  ('topic_reset_minutes', 60),            -- so long without a reminder and the strikes are over; 0 = only by hand
  ('burst_window_s', 10),                 -- how far back messages are counted as one burst...
  ('repeat_window_minutes', 10),          -- ...and as saying the same again
  ('coherence_drop', 0.3),                -- an alert needs a fall by more than this below the usual...
  ('coherence_floor', 0.5),               -- ...to below this
  ('coherence_cooldown_minutes', 30),     -- no second alert sooner
  ('high_risk', 30),                      -- reputation below which a model is always asked
  ('low_risk', 70),                       -- reputation above which it seldom is
  ('review_threshold', 70),               -- reputation up to which a person looks at a violation
  ('review_claim_minutes', 15),           -- a claimed review is free again after it
  ('clean_reward', 1),                    -- points of reputation for a verdict of SAFE
  ('review_penalty', -5),                 -- for one of REVIEW
  ('violation_penalty', -15),             -- for one of VIOLATION
  ('decay_rate', 0.95),                   -- what is left of the distance to neutral after a period
  ('decay_period_days', 1),               -- a period
  ('neutral', 50),                        -- the reputation of a new member
  ('penalty_growth', 0.5),                -- how fast the penalty for flags grows with their number
  ('flag_mode', 'review'),                -- review: a flag costs reputation once upheld; immediate: at once
  ('shadow_ban_mode', 'off'),             -- honest: a shadow banned member is told; covert: is not, see acknowledgement
  ('mode', 'observe'),                    -- observe: decide and log, sanction nobody; enforce. To change it writes a mode_change
  ('brake_percent', 5),                   -- a policy's version that sanctions more than this part of the active members who were here before...
  ('brake_minutes', 10),                  -- ...within this time falls to observe; 0 % = never
  ('brake_members', 3),                   -- and never for fewer members
  ('decision_days', 7),                   -- a decision to do nothing is kept so long
  ('text_days', 90),                      -- the text of a message is kept so long; 0 = for ever
  ('secret', lower(hex(randomblob(16)))); -- the seed of every dice(); never exported
INSERT INTO content_type (name, multiplier) SELECT 'text', 1.0 WHERE NOT EXISTS (SELECT 1 FROM content_type);
INSERT INTO flag_type (name, points, calls_moderator, help)
  SELECT column1, column2, column3, column4 FROM (VALUES
    ('DEATH', 100, 0, NULL),        -- threats to kill
    ('CHILD_SAFETY', 100, 1, NULL),
    ('VIOLENCE', 80, 0, NULL),
    ('HATE', 70, 0, NULL),
    ('SELF_HARM_PROMOTION', 70, 0, NULL),
    ('PRIVACY', 60, 0, NULL),
    ('SEXUAL', 60, 0, NULL),
    ('HARASSMENT', 50, 0, NULL),
    ('IMPERSONATION', 40, 0, NULL),
    ('MISINFORMATION', 30, 0, NULL),
    ('OTHER', 20, 0, NULL),
    ('SPAM', 10, 0, NULL),
    ('SELF_HARM', 0, 1,             -- no offence: somebody may need help
      'You are not alone. If you may hurt yourself, please talk to somebody now: a person you trust, a crisis line or the '
      || 'emergency services where you live. A moderator has been asked to look in on you.'))
  WHERE NOT EXISTS (SELECT 1 FROM flag_type); -- those that were removed stay so
INSERT INTO rule (number, name, severity, description, criteria)
  SELECT column1, column2, column3, column4, column5 FROM (VALUES
    (1, 'threats', 'critical', 'Do not threaten anybody with violence or other harm, and do not call for it.',
      'Meant for a person or a group and to be taken seriously. Not: figures of speech ("this bug is killing me"), games, quotations.'),
    (2, 'harassment', 'high', 'Do not insult, mock or pursue other members.',
      'Aimed at somebody, or going on after they asked for it to stop. Not: criticism of what somebody does, swearing at things.'),
    (3, 'hate', 'critical', 'Do not demean people for what they are: origin, skin, religion, sex, orientation, disability or the like.',
      'Slurs, stereotypes, denying rights or dignity. Not: naming one''s own group, talking about such words.'),
    (4, 'privacy', 'high', 'Do not make known who or where somebody is, nor what they keep private.',
      'Names, addresses, telephone numbers, places of work, pictures, private messages of others. Not: what they make public themselves.'),
    (5, 'spam', 'medium', 'Do not flood the channel, and do not advertise.',
      'The same again and again, advertising, links without a word about them, fraud. Not: an answer that happens to be a link.'),
    (6, 'minors', 'critical', 'Nothing sexual about minors, and no approach to them of that kind. A person looks at once.',
      'Any sexual content about who is or seems under age; asking minors for pictures, secrecy or a meeting.'),
    (7, 'self-harm promotion', 'critical', 'Do not encourage anybody to hurt themselves, and do not tell how.',
      'Urging, praising, instructions. Not: somebody who speaks of their own distress, who needs help and no rule.'))
  WHERE NOT EXISTS (SELECT 1 FROM rule); -- those that were removed stay so
