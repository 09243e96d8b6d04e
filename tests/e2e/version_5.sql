-- A community's file of schema version 5, with rows of each table and a few things of its own: what decorum init brings up to date.
-- Made by .dump in the sqlite3 shell; the two pragmas at the end are what a dump leaves out.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE community (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT,
  created_at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(created_at) < 1e12)
) STRICT;
INSERT INTO community VALUES(1,'Makers',1773478000.4999999999);
CREATE TABLE channel (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (platform, name)
) STRICT;
INSERT INTO channel VALUES(1,'jsonl','#lobby');
INSERT INTO channel VALUES(2,'jsonl','#makers');
CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,               -- as last shown to people
  rank INTEGER NOT NULL DEFAULT 0,  -- 0 a member; higher ranks moderate
  minor INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1)),  -- 1: marked as under age...
  paying INTEGER NOT NULL DEFAULT 0 CHECK (paying IN (0, 1)) -- ...or as a customer: never shadow banned covertly
) STRICT;
INSERT INTO member VALUES(1,'ferrite',2,0,0);
INSERT INTO member VALUES(2,'solenoid',0,0,0);
INSERT INTO member VALUES(3,'lucía_m',0,0,1);
CREATE TABLE privilege (
  member INTEGER PRIMARY KEY REFERENCES member,
  mask INTEGER NOT NULL
) STRICT;
INSERT INTO privilege VALUES(1,-9223372036854759424);
CREATE TABLE acknowledgement (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  subject TEXT NOT NULL CONSTRAINT "the subject is 'covert shadow bans'" CHECK (subject = 'covert shadow bans'),
  moderator TEXT NOT NULL CONSTRAINT "an acknowledgement names who makes it" CHECK (trim(moderator) <> ''),
  statement TEXT NOT NULL CONSTRAINT "an acknowledgement says where the rules announce it" CHECK (trim(statement) <> '')
) STRICT;
INSERT INTO acknowledgement VALUES(1,1773478001.0,'covert shadow bans','ferrite','rule 7');
CREATE TABLE account (
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  member INTEGER NOT NULL REFERENCES member,
  PRIMARY KEY (platform, platform_id)
) STRICT, WITHOUT ROWID;
INSERT INTO account VALUES('jsonl','ferrite',1);
INSERT INTO account VALUES('jsonl','lucía_m',3);
INSERT INTO account VALUES('jsonl','solenoid',2);
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  channel INTEGER NOT NULL REFERENCES channel,
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  kind TEXT NOT NULL DEFAULT 'message' CHECK (kind = 'message' OR kind = 'action' OR kind = 'notice'), -- quicker than IN
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), -- 0 as first said, one more for each edit
  edited_at REAL CHECK (abs(edited_at) < 1e12), -- of the newest edit
  deleted_at REAL CHECK (abs(deleted_at) < 1e12), -- deleted on the platform; the row stays
  UNIQUE (platform, platform_id)
) STRICT;
INSERT INTO message VALUES(1,'jsonl','1',1,1,1773478800.0,'message',1,1773478830.0,NULL);
INSERT INTO message VALUES(2,'jsonl','2',1,2,1773478810.0,'message',0,NULL,NULL);
INSERT INTO message VALUES(3,'jsonl','3',1,2,1773478815.0,'message',0,NULL,1773478860.0);
INSERT INTO message VALUES(4,'jsonl','4',1,2,1773478820.0,'message',0,NULL,NULL);
INSERT INTO message VALUES(5,'jsonl','5',2,3,1773478840.0,'message',0,NULL,NULL);
CREATE TABLE message_text (
  message INTEGER PRIMARY KEY REFERENCES message,
  text TEXT                         -- NULL once its time is over
) STRICT;
INSERT INTO message_text VALUES(1,'good morning all, the kettle is ON');
INSERT INTO message_text VALUES(2,'you idiot, you broke the lathe');
INSERT INTO message_text VALUES(3,'you stupid worthless moron');
INSERT INTO message_text VALUES(4,'shut up you idiot, you pathetic loser');
INSERT INTO message_text VALUES(5,'Ünïcode names: naïve café ☕, "quotes" and a '' too');
CREATE TABLE message_edit (
  message INTEGER NOT NULL REFERENCES message,
  revision INTEGER NOT NULL CHECK (revision > 0),
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  PRIMARY KEY (message, revision)
) STRICT, WITHOUT ROWID;
INSERT INTO message_edit VALUES(1,1,1773478830.0);
CREATE TABLE assessment (
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
INSERT INTO assessment VALUES(2,1,0,0,1,1773478800.0,'scorer',0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,69863456272039,0);
INSERT INTO assessment VALUES(3,2,0,0,2,1773478810.0,'scorer',0.59999999999999997779,'{"insult":0.6}',NULL,NULL,NULL,NULL,NULL,NULL,110249458095644,0);
INSERT INTO assessment VALUES(5,3,0,0,2,1773478815.0,'scorer',0.87900000000000000355,'{"insult":0.6}',NULL,NULL,NULL,NULL,NULL,NULL,64781298379586,0);
INSERT INTO assessment VALUES(7,4,0,0,2,1773478820.0,'scorer',0.94499999999999995115,'{"harassment":0.5,"insult":0.6}',NULL,NULL,NULL,NULL,NULL,NULL,127797373437247,0);
INSERT INTO assessment VALUES(8,1,1,1,1,1773478800.0,'scorer',0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,69863456272039,0);
INSERT INTO assessment VALUES(9,5,0,0,3,1773478840.0,'scorer',0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,56427760438500,0);
INSERT INTO assessment VALUES(16,2,1,0,2,1773478810.0,'model',0.8000000000000000444,'{"insult":0.8}',0.69999999999999995559,NULL,0.83499999999999996447,1,'lathes',0.5,NULL,NULL);
CREATE TABLE verdict (
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
INSERT INTO verdict VALUES(1,12,2,2,1773478810.0,'model',1,'harassment','high',90,'an insult',NULL);
INSERT INTO verdict VALUES(2,14,1,1,1773478800.0,'person',0,NULL,NULL,95,NULL,NULL);
CREATE TABLE rule (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CONSTRAINT "a rule needs a name" CHECK (trim(name) <> ''),
  description TEXT NOT NULL,        -- what is not allowed, in a sentence or two that a member understands
  severity TEXT NOT NULL            -- the most that breaking it counts as, whatever a verdict says
    CONSTRAINT "a rule's severity is low, medium, high or critical" CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  criteria TEXT,                    -- what to look at, for who judges
  applies_in_nsfw INTEGER NOT NULL DEFAULT 1 CHECK (applies_in_nsfw IN (0, 1)),
  pattern TEXT                      -- a regular expression: what matches breaks the rule, and nobody need be asked
) STRICT;
INSERT INTO rule VALUES(1,'threats','Do not threaten anybody with violence or other harm, and do not call for it.','critical','Meant for a person or a group and to be taken seriously. Not: figures of speech ("this bug is killing me"), games, quotations.',1,NULL);
INSERT INTO rule VALUES(2,'harassment','Do not insult, mock or pursue other members.','high','Aimed at somebody, or going on after they asked for it to stop. Not: criticism of what somebody does, swearing at things.',1,NULL);
INSERT INTO rule VALUES(3,'hate','Do not demean people for what they are: origin, skin, religion, sex, orientation, disability or the like.','critical','Slurs, stereotypes, denying rights or dignity. Not: naming one''s own group, talking about such words.',1,NULL);
INSERT INTO rule VALUES(4,'privacy','Do not make known who or where somebody is, nor what they keep private.','high','Names, addresses, telephone numbers, places of work, pictures, private messages of others. Not: what they make public themselves.',1,NULL);
INSERT INTO rule VALUES(5,'spam','Do not flood the channel, and do not advertise.','medium','The same again and again, advertising, links without a word about them, fraud. Not: an answer that happens to be a link.',1,NULL);
INSERT INTO rule VALUES(6,'minors','Nothing sexual about minors, and no approach to them of that kind. A person looks at once.','critical','Any sexual content about who is or seems under age; asking minors for pictures, secrecy or a meeting.',1,NULL);
INSERT INTO rule VALUES(7,'self-harm promotion','Do not encourage anybody to hurt themselves, and do not tell how.','critical','Urging, praising, instructions. Not: somebody who speaks of their own distress, who needs help and no rule.',1,NULL);
INSERT INTO rule VALUES(8,'spoilers','Tells how a film ends.','low',NULL,1,'spoiler');
CREATE TABLE rule_exemption (
  rule INTEGER NOT NULL REFERENCES rule ON DELETE CASCADE,
  channel TEXT NOT NULL,
  PRIMARY KEY (rule, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO rule_exemption VALUES(8,'#film');
CREATE TABLE decision (
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
INSERT INTO decision VALUES(1,2,1,1,1773478800.0,'ladder@1','none',NULL,NULL,0.0,NULL,NULL,0,'enforce','{}',NULL,NULL);
INSERT INTO decision VALUES(2,2,1,1,1773478800.0,'spam@1','none',NULL,NULL,0.0,NULL,NULL,0,'enforce','{}',NULL,NULL);
INSERT INTO decision VALUES(3,3,2,2,1773478810.0,'ladder@1','warn',NULL,NULL,2.0,NULL,'drama 0.60, this message 0.60',0,'enforce','{"signals":[{"name":"heat","points":2,"words":"drama 0.60, this message 0.60"}],"points":2,"rung":1}','{"drama":0.6,"toxicity":0.6,"warned":0,"offences":0,"immune":0,"muted":0,"last_warning_at":null,"warn_cooldown_s":300.0,"now":1773478810.0}',NULL);
INSERT INTO decision VALUES(4,3,2,2,1773478810.0,'spam@1','none',NULL,NULL,0.0,NULL,NULL,0,'enforce','{}',NULL,NULL);
INSERT INTO decision VALUES(5,5,3,2,1773478815.0,'ladder@1','mute',1800.0,NULL,4.0,NULL,'drama 0.83, this message 0.88',0,'enforce','{"signals":[{"name":"heat","points":4,"words":"drama 0.83, this message 0.88"}],"points":4,"rung":2}','{"drama":0.826,"toxicity":0.879,"warned":1,"offences":0,"immune":0,"muted":0,"last_warning_at":1773478810.0,"warn_cooldown_s":300.0,"now":1773478815.0}',NULL);
INSERT INTO decision VALUES(6,5,3,2,1773478815.0,'spam@1','none',NULL,NULL,0.0,NULL,NULL,0,'enforce','{}',NULL,NULL);
INSERT INTO decision VALUES(7,7,4,2,1773478820.0,'ladder@1','none',NULL,NULL,NULL,NULL,NULL,0,'enforce','{"guard":"muted"}',NULL,NULL);
INSERT INTO decision VALUES(8,7,4,2,1773478820.0,'spam@1','none',NULL,NULL,NULL,NULL,NULL,0,'enforce','{"guard":"muted"}',NULL,NULL);
INSERT INTO decision VALUES(9,9,5,3,1773478840.0,'ladder@1','none',NULL,NULL,0.0,NULL,NULL,0,'enforce','{}',NULL,NULL);
INSERT INTO decision VALUES(10,9,5,3,1773478840.0,'spam@1','none',NULL,NULL,0.0,NULL,NULL,0,'enforce','{}',NULL,NULL);
CREATE TABLE decision_timing (
  decision INTEGER PRIMARY KEY REFERENCES decision,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  duration_s REAL NOT NULL CHECK (duration_s >= 0)
) STRICT;
INSERT INTO decision_timing VALUES(3,1773479500.0,0.0010000000000000000208);
INSERT INTO decision_timing VALUES(5,1773479500.0,0.0010000000000000000208);
CREATE TABLE sanction (
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
INSERT INTO sanction VALUES(1,4,1,2,'warn',NULL,NULL,1773478810.0,NULL,'drama 0.60, this message 0.60','ladder@1',3,2,NULL,NULL,NULL);
INSERT INTO sanction VALUES(2,6,2,2,'mute',NULL,1800.0,1773478815.0,1773480615.0,'drama 0.83, this message 0.88','ladder@1',5,3,NULL,NULL,NULL);
INSERT INTO sanction VALUES(3,11,3,2,'kick',NULL,NULL,1773478870.0,NULL,'enough',NULL,NULL,NULL,'ferrite','jsonl k1',NULL);
INSERT INTO sanction VALUES(4,18,4,2,'ban',NULL,NULL,1773479000.0,NULL,'spam',NULL,NULL,NULL,'ferrite',NULL,NULL);
INSERT INTO sanction VALUES(5,19,5,2,'mute',NULL,600.0,1773479001.0,1773479601.0,'insults',NULL,NULL,NULL,'ferrite',NULL,NULL);
INSERT INTO sanction VALUES(6,20,6,2,'undo',NULL,NULL,1773479100.0,NULL,'mistaken',NULL,NULL,NULL,'ferrite',NULL,4);
INSERT INTO sanction VALUES(7,21,7,3,'reset','topic',NULL,1773479150.0,NULL,'a new start',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO sanction VALUES(8,22,8,2,'shadow_ban',NULL,NULL,1773479200.0,NULL,'floods the bot',NULL,NULL,NULL,'ferrite',NULL,NULL);
CREATE TABLE shadow_ban_case (
  case_no INTEGER PRIMARY KEY REFERENCES sanction (case_no),
  ban INTEGER NOT NULL
) STRICT;
INSERT INTO shadow_ban_case VALUES(8,1);
CREATE TABLE reputation_change (
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
INSERT INTO reputation_change VALUES(1,13,2,1773478810.0,50,35,'outcome',1,NULL,NULL,NULL,NULL);
INSERT INTO reputation_change VALUES(2,15,1,1773478800.0,50,51,'outcome',2,NULL,NULL,NULL,NULL);
INSERT INTO reputation_change VALUES(3,23,1,1773479300.0,51,80,'hand',NULL,NULL,NULL,'ferrite','helps beginners');
INSERT INTO reputation_change VALUES(4,30,2,1773480000.0,35,13,'flag',NULL,1,NULL,NULL,NULL);
CREATE TABLE flag_type (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 1000000),
  calls_moderator INTEGER NOT NULL DEFAULT 0 CHECK (calls_moderator IN (0, 1)), -- at once, whatever flag_mode is
  help TEXT                         -- for the member who is worried about
) STRICT, WITHOUT ROWID;
INSERT INTO flag_type VALUES('CHILD_SAFETY',100,1,NULL);
INSERT INTO flag_type VALUES('DEATH',100,0,NULL);
INSERT INTO flag_type VALUES('HARASSMENT',55,0,NULL);
INSERT INTO flag_type VALUES('HATE',70,0,NULL);
INSERT INTO flag_type VALUES('IMPERSONATION',40,0,NULL);
INSERT INTO flag_type VALUES('MISINFORMATION',30,0,NULL);
INSERT INTO flag_type VALUES('OTHER',20,0,NULL);
INSERT INTO flag_type VALUES('PRIVACY',60,0,NULL);
INSERT INTO flag_type VALUES('SELF_HARM',0,1,'You are not alone. If you may hurt yourself, please talk to somebody now: a person you trust, a crisis line or the emergency services where you live. A moderator has been asked to look in on you.');
INSERT INTO flag_type VALUES('SELF_HARM_PROMOTION',70,0,NULL);
INSERT INTO flag_type VALUES('SEXUAL',60,0,NULL);
INSERT INTO flag_type VALUES('SPAM',10,0,NULL);
INSERT INTO flag_type VALUES('VIOLENCE',80,0,NULL);
CREATE TABLE flag (
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
INSERT INTO flag VALUES(1,24,2,2,1,1773479400.0,'HARASSMENT','since yesterday');
INSERT INTO flag VALUES(2,25,4,2,3,1773479401.0,'SPAM',NULL);
CREATE TABLE flag_outcome (
  flag INTEGER PRIMARY KEY REFERENCES flag,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  penalty INTEGER,
  error TEXT,
  CHECK ((penalty IS NULL) = (error IS NOT NULL))
) STRICT;
INSERT INTO flag_outcome VALUES(1,1773480000.0,22,NULL);
CREATE TABLE notification (
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
INSERT INTO notification VALUES(1,26,2,1773478821.0,'topic',4,NULL,NULL);
INSERT INTO notification VALUES(2,27,2,1773479430.0,'coherence',NULL,NULL,'{"baseline":0.8,"current":0.3,"drop":0.5,"flag":"odd"}');
CREATE TABLE immunity (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  member INTEGER NOT NULL REFERENCES member,
  at REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0) CHECK (abs(at) < 1e12),
  immune INTEGER NOT NULL CHECK (immune IN (0, 1)),
  moderator TEXT,
  reason TEXT
) STRICT;
INSERT INTO immunity VALUES(1,28,1,1773479440.0,1,'solenoid','a guest');
CREATE TABLE arrival (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  channel INTEGER NOT NULL REFERENCES channel,
  at REAL NOT NULL CHECK (abs(at) < 1e12),
  newcomer INTEGER NOT NULL CHECK (newcomer IN (0, 1)), -- 1: nobody was known by that id
  event TEXT NOT NULL UNIQUE        -- platform and id of the event that told of it, so that it is told once
) STRICT;
INSERT INTO arrival VALUES(1,10,1,1773478850.0,1,'jsonl 1773478850-3e157597d6451422');
CREATE TABLE mode_change (
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
INSERT INTO mode_change VALUES(1,1,1795203724.4690134525,NULL,'enforce','hand',NULL,'setting mode');
INSERT INTO mode_change VALUES(2,29,1773479450.0,'spam','observe','hand','ferrite','too keen');
CREATE TABLE second_look (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  seq INTEGER UNIQUE,               -- given by a trigger
  message INTEGER NOT NULL REFERENCES message,
  assessment INTEGER NOT NULL REFERENCES assessment -- its seq: by which the message is seen
) STRICT;
INSERT INTO second_look VALUES(1,17,2,16);
CREATE TABLE log_entry (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL                -- the table that it stands in
) STRICT;
INSERT INTO log_entry VALUES(1,'mode_change');
INSERT INTO log_entry VALUES(4,'sanction');
INSERT INTO log_entry VALUES(6,'sanction');
INSERT INTO log_entry VALUES(10,'arrival');
INSERT INTO log_entry VALUES(11,'sanction');
INSERT INTO log_entry VALUES(12,'verdict');
INSERT INTO log_entry VALUES(13,'reputation_change');
INSERT INTO log_entry VALUES(14,'verdict');
INSERT INTO log_entry VALUES(15,'reputation_change');
INSERT INTO log_entry VALUES(17,'second_look');
INSERT INTO log_entry VALUES(18,'sanction');
INSERT INTO log_entry VALUES(19,'sanction');
INSERT INTO log_entry VALUES(20,'sanction');
INSERT INTO log_entry VALUES(21,'sanction');
INSERT INTO log_entry VALUES(22,'sanction');
INSERT INTO log_entry VALUES(23,'reputation_change');
INSERT INTO log_entry VALUES(24,'flag');
INSERT INTO log_entry VALUES(25,'flag');
INSERT INTO log_entry VALUES(26,'notification');
INSERT INTO log_entry VALUES(27,'notification');
INSERT INTO log_entry VALUES(28,'immunity');
INSERT INTO log_entry VALUES(29,'mode_change');
INSERT INTO log_entry VALUES(30,'reputation_change');
CREATE TABLE note (
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
INSERT INTO note VALUES(1,2,1773479460.0,'ferrite','was tired',NULL,1773479470.0,'ferrite');
INSERT INTO note VALUES(2,3,1773479461.0,'ferrite','asks good questions',NULL,NULL,NULL);
CREATE TABLE profile (
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
INSERT INTO profile VALUES(1,3,1773479480.0,'model','Builds radios.',NULL,NULL);
CREATE TABLE alias (
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
INSERT INTO alias VALUES(1,3,'Lucía','lucia',1773479490.0,'ferrite',NULL,NULL);
CREATE TABLE review (
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
  CONSTRAINT "a review is of one flag, verdict or decision"
    CHECK ((flag IS NOT NULL) + (verdict IS NOT NULL) + (decision IS NOT NULL) <= 1),
  CONSTRAINT "who decided a review must be named" CHECK ((outcome IS NULL) = (decided_by IS NULL))
) STRICT;
INSERT INTO review VALUES(1,1773478810.0,2,2,'VIOLATION: harassment',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO review VALUES(2,1773479400.0,2,2,'flag HARASSMENT',1,NULL,NULL,'ferrite',1773479410.0,1773480310.0,'upheld','ferrite',1773479420.0);
INSERT INTO review VALUES(3,1773479401.0,4,2,'flag SPAM',2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE job_run (
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
INSERT INTO job_run VALUES(1,'flags',1773480000.0,NULL,1,0,0,0.0010000000000000000208,'[]');
INSERT INTO job_run VALUES(2,'decay',1773480000.0,1773478000.4999999999,0,0,0,0.0010000000000000000208,'[]');
INSERT INTO job_run VALUES(3,'tick',1773480000.0,NULL,1,0,0,0.0010000000000000000208,'[]');
CREATE TABLE lexicon (
  term TEXT PRIMARY KEY,
  weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), -- said to somebody; 0 protects the term's words
  category TEXT NOT NULL
    CHECK (category IN ('insult', 'profanity', 'threat', 'hate', 'sexual', 'harassment', 'self_harm')),
  aim TEXT NOT NULL DEFAULT 'thing' CHECK (aim IN ('person', 'thing'))
) STRICT, WITHOUT ROWID;
INSERT INTO lexicon VALUES('a bitch to',0.0,'sexual','thing');
INSERT INTO lexicon VALUES('a bullet in your head',0.94999999999999995559,'threat','person');
INSERT INTO lexicon VALUES('a dick',0.4000000000000000222,'sexual','thing');
INSERT INTO lexicon VALUES('airhead',0.4000000000000000222,'insult','thing');
INSERT INTO lexicon VALUES('airheads',0.4000000000000000222,'insult','thing');
INSERT INTO lexicon VALUES('april fool',0.0,'insult','thing');
CREATE TABLE content_type (
  name TEXT PRIMARY KEY,
  multiplier REAL NOT NULL CHECK (multiplier >= 0 AND multiplier < 1e9)
) STRICT, WITHOUT ROWID;
INSERT INTO content_type VALUES('image',1.5);
INSERT INTO content_type VALUES('text',1.0);
CREATE TABLE setting (
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
    'brake_percent', 'brake_minutes', 'brake_members', 'decision_days'))
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('analysis_cooldown_s',0);
INSERT INTO setting VALUES('brake_members',3);
INSERT INTO setting VALUES('brake_minutes',10);
INSERT INTO setting VALUES('brake_percent',5);
INSERT INTO setting VALUES('burst_window_s',10);
INSERT INTO setting VALUES('clean_reward',1);
INSERT INTO setting VALUES('coherence_cooldown_minutes',30);
INSERT INTO setting VALUES('coherence_drop',0.29999999999999998889);
INSERT INTO setting VALUES('coherence_floor',0.5);
INSERT INTO setting VALUES('decay_period_days',1);
INSERT INTO setting VALUES('decay_rate',0.94999999999999995559);
INSERT INTO setting VALUES('decision_days',7);
INSERT INTO setting VALUES('escalation_boost',0.040000000000000000832);
INSERT INTO setting VALUES('flag_mode','review');
INSERT INTO setting VALUES('high_risk',30);
INSERT INTO setting VALUES('ladder.warn',0.59999999999999997779);
INSERT INTO setting VALUES('low_risk',70);
INSERT INTO setting VALUES('mode','enforce');
INSERT INTO setting VALUES('neutral',50);
INSERT INTO setting VALUES('offence_reset_minutes',120);
INSERT INTO setting VALUES('penalty_growth',0.5);
INSERT INTO setting VALUES('repeat_window_minutes',10);
INSERT INTO setting VALUES('review_claim_minutes',15);
INSERT INTO setting VALUES('review_penalty',-5);
INSERT INTO setting VALUES('review_threshold',70);
INSERT INTO setting VALUES('secret','00112233445566778899aabbccddeeff');
INSERT INTO setting VALUES('shadow_ban_mode','honest');
INSERT INTO setting VALUES('topic_cooldown_minutes',10);
INSERT INTO setting VALUES('topic_reset_minutes',60);
INSERT INTO setting VALUES('violation_penalty',-15);
INSERT INTO setting VALUES('warn_cooldown_minutes',5);
INSERT INTO setting VALUES('warning_ttl_s',7200);
INSERT INTO setting VALUES('window_minutes',15);
INSERT INTO setting VALUES('window_size',12);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','policy','policy',0,'CREATE VIRTUAL TABLE policy USING policy_store');
CREATE TABLE IF NOT EXISTS "policy_version"(id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, active INTEGER NOT NULL DEFAULT 0, note TEXT, created_at REAL NOT NULL, source TEXT NOT NULL, needs TEXT NOT NULL DEFAULT '[]', params TEXT NOT NULL DEFAULT '{}', UNIQUE(name, version)) STRICT;
INSERT INTO policy_version VALUES(3,'ladder',1,1,'warn, then mute for 30 minutes to 4 hours',1773478002.0,replace('-- ladder: first a warning, then mutes that grow longer.\n--\n-- A member is warned when the drama score reaches `warn`, or a single message reaches `spike_warn`.\n-- Who was warned and goes on is muted at `mute` or `spike_mute`; who was not is warned there too. Mutes\n-- last 30 minutes, 1, 2 and 4 hours, by the offences before.\n\n-- Bad enough for a mute? The threshold is lower for the warned.\nlocal function severe(f, p)\n  local lower = f.warned ~= 0 and p.warned_discount or 0\n  return f.drama >= p.mute - lower or f.toxicity >= p.spike_mute\nend\n\nlocal warned_lately = cooldown("last_warning_at", "warn_cooldown_s")\n\nreturn policy {\n  id = "ladder",\n  version_note = "warn, then mute for 30 minutes to 4 hours",\n  params = { warn = 0.5, mute = 0.7, spike_warn = 0.6, spike_mute = 0.8, warned_discount = 0.05 },\n  needs = { "drama", "toxicity", "warned", "offences", "immune", "muted", "last_warning_at", "warn_cooldown_s", "now" },\n  guards = {\n    { "immune", fact = "immune" },\n    { "muted", fact = "muted" }, -- what was said before the mute took hold\n    -- No second warning within the cooldown; a mute does not wait for it.\n    { "cooldown", function(f, p)\n      return warned_lately(f) and not (f.warned ~= 0 and severe(f, p))\n    end },\n  },\n  signals = {\n    { "heat", function(f, p)\n      if severe(f, p) then\n        return f.warned ~= 0 and 4 or 2\n      end\n      return (f.drama >= p.warn or f.toxicity >= p.spike_warn) and 2 or 0\n    end, "drama {drama:.2f}, this message {toxicity:.2f}" },\n    { "repeat", function(f, p)\n      return f.warned ~= 0 and severe(f, p) and f.offences or 0\n    end, "{points} recent offences" },\n  },\n  ladder = {\n    { at = 2, action = "warn" },\n    { at = 4, action = "mute", durations = { minutes(30), hours(1), hours(2), hours(4) } },\n  },\n  tests = {\n    { "calm members are left alone", { drama = 0.49, toxicity = 0.59 }, { action = "none" } },\n    { "drama 0.5 is a warning", { drama = 0.5 }, { action = "warn", points = 2 } },\n    { "a single message of 0.6 is a warning", { toxicity = 0.6 }, { action = "warn" } },\n    { "who was not warned is not muted", { drama = 0.9, toxicity = 0.95 }, { action = "warn" } },\n    { "the warned are muted at 0.65", { drama = 0.65, warned = 1 }, { action = "mute", duration_s = 1800 } },\n    { "the warned are not muted below it", { drama = 0.64, warned = 1 }, { action = "warn" } },\n    { "a single message of 0.8 mutes the warned", { toxicity = 0.8, warned = 1 }, { action = "mute" } },\n    { "a second offence is an hour", { drama = 0.7, warned = 1, offences = 1 }, { action = "mute", duration_s = 3600 } },\n    { "a fifth offence is four hours", { drama = 0.7, warned = 1, offences = 4 }, { action = "mute", duration_s = 14400 } },\n    { "immune members are left alone", { drama = 1, toxicity = 1, warned = 1, immune = 1 }, { action = "none" } },\n    { "who is muted is not punished twice", { drama = 1, warned = 1, muted = 1 }, { action = "none" } },\n    { "no second warning within five minutes", { drama = 0.6, warned = 1, now = 1000, last_warning_at = 700 }, { action = "none" } },\n    { "a warning again after them", { drama = 0.6, warned = 1, now = 1000, last_warning_at = 699 }, { action = "warn" } },\n    { "a mute does not wait", { drama = 0.7, warned = 1, now = 1000, last_warning_at = 999 }, { action = "mute" } },\n    { "a mute does not count as a warning", { drama = 0.9, offences = 1 }, { action = "warn" } },\n  },\n}\n','\n',char(10)),'["drama","toxicity","warned","offences","immune","muted","last_warning_at","warn_cooldown_s","now"]','{"mute":0.7,"spike_mute":0.8,"spike_warn":0.6,"warn":0.5,"warned_discount":0.05}');
INSERT INTO policy_version VALUES(5,'spam',1,0,'delete, slow the channel down, then timeouts of 5 minutes to 4 hours',1773478002.0,replace('-- spam: the same again and again, too much at once, newcomers who all say the same, a newcomer''s many links, raids.\n--\n-- It counts; no scorer and no model has a say. Spam is deleted; the next time the channel is slowed down as well; who goes on\n-- is kept from talking for 5 and 15 minutes, 1 and 4 hours, by the offences before, and at once if it is spam in two ways, or\n-- a newcomer''s in a raid. Where many newcomers come and do not spam, only the channel is slowed down, which is held against\n-- nobody. See spam.md.\n\nlocal function newcomer(f, p)\n  return f.member_age_s < p.newcomer_s\nend\n\nlocal function raid(f, p)\n  return newcomer(f, p) and f.arrivals >= p.raid\nend\n\n-- In one breath, or a message a minute, or after a sanction: who asks again a few minutes later is no spammer.\nlocal function repeats(f, p)\n  return f.repeats >= p.repeats and (f.recent_messages >= p.repeats or f.last_action ~= nil) or f.repeats >= p.repeats_slow\nend\n\nlocal function burst(f, p)\n  return f.recent_messages >= (newcomer(f, p) and p.burst_newcomer or p.burst)\nend\n\nlocal function chorus(f, p)\n  return newcomer(f, p) and f.repeats_by_others >= p.chorus\nend\n\nlocal function links(f, p)\n  return newcomer(f, p) and f.links >= (raid(f, p) and 1 or p.links)\nend\n\nlocal function spam(f, p)\n  return repeats(f, p) or burst(f, p) or chorus(f, p) or links(f, p)\nend\n\nlocal function worth(points, holds)\n  return function(f, p)\n    return holds(f, p) and points or 0\n  end\nend\n\n-- What was done to the member lately, a raid''s slowmode apart: spam comes one rung higher each time.\nlocal before = { warn = 1, delete = 1, slowmode = 2, mute = 2, timeout = 2, kick = 2 }\n\nreturn policy {\n  id = "spam",\n  version_note = "delete, slow the channel down, then timeouts of 5 minutes to 4 hours",\n  params = {\n    repeats = 5,         -- messages that say the same, within the burst window (10 s)...\n    repeats_slow = 10,   -- ...or within the repeat window (10 minutes)\n    burst = 20,          -- messages within the burst window...\n    burst_newcomer = 12, -- ...of a newcomer\n    chorus = 3,          -- other members who say the same as a newcomer, within the repeat window\n    links = 5,           -- in one message of a newcomer; in a raid, one\n    raid = 10,           -- newcomers who come within a minute\n    newcomer_s = 600,    -- seconds since the first message, and no longer a newcomer\n  },\n  needs = { "recent_messages", "repeats", "repeats_by_others", "links", "member_age_s", "arrivals", "slowed", "last_action",\n    "offences", "immune", "muted" },\n  guards = {\n    { "immune", fact = "immune" },\n    { "muted", fact = "muted" }, -- what was said before it took hold\n  },\n  signals = {\n    { "repeat", worth(2, repeats), "the same {repeats} times" },\n    { "burst", worth(2, burst), "{recent_messages} messages at once" },\n    { "chorus", worth(2, chorus), "the same as {repeats_by_others} others" },\n    { "links", worth(2, links), "{links} links in a newcomer''s message" },\n    { "raid", function(f, p)\n      if not raid(f, p) then\n        return 0\n      end\n      return spam(f, p) and 2 or f.slowed == 0 and 2.5 or 0 -- a channel is slowed down once\n    end, "{arrivals} newcomers came within a minute" },\n    { "again", function(f, p)\n      local points = before[f.last_action] or 0\n      if points == 0 or not spam(f, p) then\n        return 0\n      end\n      return points == 1 and f.slowed ~= 0 and 2 or points -- past the slowmode that is in force\n    end, "and not for the first time" },\n  },\n  ladder = {\n    { at = 2, action = "delete", rule = "spam" },\n    { at = 2.5, action = "slowmode", duration = minutes(10), rule = "raid", severity = "none" }, -- no offence of who came then\n    { at = 3, action = "slowmode", duration = minutes(10), rule = "spam" },\n    { at = 4, action = "timeout", durations = { minutes(5), minutes(15), hours(1), hours(4) }, rule = "spam" },\n  },\n  tests = {\n    { "asking again after a while is no spam", { repeats = 9, recent_messages = 4 }, { action = "none" } },\n    { "five times in one breath is", { repeats = 5, recent_messages = 5 }, { action = "delete", reason = "the same 5 times" } },\n    { "five of which four were said before is not", { repeats = 5, recent_messages = 4 }, { action = "none" } },\n    { "nor is four times", { repeats = 4, recent_messages = 11 }, { action = "none" } },\n    { "after a sanction slower ones count too", { repeats = 5, recent_messages = 1, last_action = "warn" }, { action = "slowmode" } },\n    { "a message a minute, the same ten times, is", { repeats = 10, recent_messages = 1 }, { action = "delete" } },\n    { "a pasted error of 19 lines is no spam", { recent_messages = 19, member_age_s = 600 }, { action = "none" } },\n    { "twenty messages at once are", { recent_messages = 20, member_age_s = 600 }, { action = "delete" } },\n    { "a newcomer''s eleven are not", { recent_messages = 11, member_age_s = 599 }, { action = "none" } },\n    { "a newcomer''s twelve are", { recent_messages = 12, member_age_s = 599 }, { action = "delete" } },\n    { "spam in two ways is a timeout at once", { repeats = 12, recent_messages = 12, member_age_s = 0 },\n      { action = "timeout", duration_s = 300 } },\n    { "newcomers who say the same", { repeats_by_others = 3, member_age_s = 0 }, { action = "delete" } },\n    { "two others may have the same question", { repeats_by_others = 2, member_age_s = 0 }, { action = "none" } },\n    { "whom people know may say it too", { repeats_by_others = 9 }, { action = "none" } },\n    { "a newcomer''s four links are none too many", { links = 4, member_age_s = 0 }, { action = "none" } },\n    { "five are", { links = 5, member_age_s = 0 }, { action = "delete" } },\n    { "others may give five", { links = 5 }, { action = "none" } },\n    { "in a raid one is too many", { links = 1, member_age_s = 0, arrivals = 10 }, { action = "timeout" } },\n    { "nine newcomers a minute are no raid", { links = 1, member_age_s = 0, arrivals = 9 }, { action = "none" } },\n    { "a calm newcomer in a raid: the channel is slowed down", { member_age_s = 0, arrivals = 10 },\n      { action = "slowmode", duration_s = 600, rule = "raid", severity = "none", reason = "10 newcomers came within a minute" } },\n    { "once", { member_age_s = 0, arrivals = 10, slowed = 1 }, { action = "none" } },\n    { "who was there before the raid is no part of it", { arrivals = 50, links = 1 }, { action = "none" } },\n    { "spam after a deletion slows the channel down", { repeats = 5, recent_messages = 5, last_action = "delete" },\n      { action = "slowmode", duration_s = 600, rule = "spam", severity = null } },\n    { "if it is not slowed down already", { repeats = 5, recent_messages = 5, last_action = "delete", slowed = 1 },\n      { action = "timeout", duration_s = 300 } },\n    { "spam after that is a timeout", { repeats = 5, recent_messages = 5, last_action = "slowmode" },\n      { action = "timeout", duration_s = 300 } },\n    { "after one offence it lasts longer", { repeats = 5, recent_messages = 5, last_action = "timeout", offences = 1 },\n      { action = "timeout", duration_s = 900 } },\n    { "and at most four hours", { repeats = 5, recent_messages = 5, last_action = "mute", offences = 9 },\n      { action = "timeout", duration_s = 14400 } },\n    { "what was done before is no spam by itself", { last_action = "timeout", offences = 3 }, { action = "none", points = 0 } },\n    { "immune members are left alone", { repeats = 20, recent_messages = 20, immune = 1 }, { action = "none" } },\n    { "who is kept from talking is not punished twice", { repeats = 20, recent_messages = 20, muted = 1 }, { action = "none" } },\n  },\n}\n','\n',char(10)),'["recent_messages","repeats","repeats_by_others","links","member_age_s","arrivals","slowed","last_action","offences","immune","muted"]','{"burst":20,"burst_newcomer":12,"chorus":3,"links":5,"newcomer_s":600,"raid":10,"repeats":5,"repeats_slow":10}');
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','member_facts','member_facts',0,'CREATE VIRTUAL TABLE member_facts USING facts(''-- member: what a policy may know about :member at the time :now, from the log up to :seq.
--
-- One row, whoever is asked about; who is unknown has the defaults. Each part is a look-up, or a walk over a
-- member''''s last messages or offences; none costs more for a member who has been here longer, and only those
-- that are asked for are computed. A case that was undone up to :seq did not happen, and nothing before the
-- member''''s last reset did. What was said, done or told at a time after :now has not happened yet; immunity,
-- reputation, flags, verdicts, coherence and when a model was last asked go by :seq alone. rank, the rules and the settings
-- are as they stand today. Of what is counted for spam, no more than 100 is; of texts that
-- say the same the newest 100 are looked at, whoever wrote them.
--
-- `valid`, `counted` and `standing` are macros, not tables. From `asked` on each WITH adds columns to the one row of the
-- WITH above it; LIMIT 1 OFFSET 0 keeps SQLite from merging those: merged, a column would be computed again
-- wherever it is used. MATERIALIZED would make a table for each, which costs more than all the look-ups.
WITH
-- The parameters in the order in which callers give them, member_facts(member, now, seq); the settings; whether there
-- is any case at all: most members have none, and then none is looked for.
asked AS (
  SELECT :member AS about, :now AS now, :seq AS last_seq,
    (SELECT value FROM setting WHERE name = ''''window_size'''') AS window_size,
    60.0 * (SELECT value FROM setting WHERE name = ''''window_minutes'''') AS window_s,
    (SELECT value FROM setting WHERE name = ''''warning_ttl_s'''') AS warning_ttl_s,
    EXISTS (SELECT 1 FROM sanction WHERE member = :member) AS has_cases
  LIMIT 1 OFFSET 0
),
-- Of each message the assessment that counts, see the table''''s comment: of who has no second revisions all do. Those of
-- the member.
valid AS NOT MATERIALIZED (
  SELECT * FROM assessment
  WHERE seq <= :seq AND toxicity IS NOT NULL
    AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0)
      OR NOT EXISTS (SELECT 1 FROM assessment AS better
        WHERE better.message = assessment.message AND better.revision >= (assessment.revision = 0) AND better.seq <= :seq
          AND (better.text_revision, better.toxicity IS NOT NULL, better.authority, better.revision)
            > (assessment.text_revision, 1, assessment.authority, assessment.revision)))
),
counted AS NOT MATERIALIZED (
  SELECT * FROM valid WHERE member = :member AND at <= :now
),
-- The member''''s cases that were not undone.
standing AS NOT MATERIALIZED (
  SELECT * FROM sanction
  WHERE member = :member AND seq <= :seq AND at <= :now
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
),
-- Reviews that wait. A decision at :seq is yet to ask for its own. What people do that has no place in the log, to begin or to decide
-- a review, to write or to clear a note, has not been done at that very time: what is asked then has the same answer before and after it.
waiting AS NOT MATERIALIZED (
  SELECT member, message FROM review
  WHERE at <= :now AND coalesce(decided_at, 1e13) >= :now
    AND coalesce(:seq >= coalesce((SELECT seq FROM flag WHERE id = review.flag), (SELECT seq FROM verdict WHERE id = review.verdict),
      (SELECT seq + 1 FROM decision WHERE id = review.decision)), at < :now)
),
-- What the member was told beside sanctions, the off-topic reminders since the last reset of any kind, and their run:
-- so long without one, topic_reset_minutes, and the strikes are over.
told AS NOT MATERIALIZED (
  SELECT * FROM notification WHERE member = :member AND seq <= :seq AND at <= :now
),
reminder AS NOT MATERIALIZED (
  SELECT * FROM told WHERE kind = ''''topic''''
    AND seq > coalesce((SELECT seq FROM standing WHERE action = ''''reset'''' ORDER BY seq DESC LIMIT 1), 0)
),
strikes AS NOT MATERIALIZED (
  SELECT offence_count(at, coalesce(60.0 * (SELECT nullif(value, 0) FROM setting WHERE name = ''''topic_reset_minutes''''), 1e12), :now)
    AS count, max(at) AS last_at
  FROM (SELECT at FROM reminder ORDER BY seq DESC LIMIT 1000)
),
-- Was the owner told of these strikes: after one of them?
notified AS NOT MATERIALIZED (
  SELECT coalesce((SELECT (SELECT count FROM strikes) >
      (SELECT count(*) FROM (SELECT 1 FROM reminder WHERE seq > owner.seq LIMIT 1000))
    FROM (SELECT seq FROM told WHERE kind = ''''topic_owner'''' ORDER BY seq DESC LIMIT 1) AS owner), 0) AS owner
),
-- The last reset.
since AS (
  SELECT asked.*, iif(has_cases, coalesce((
      SELECT seq FROM standing WHERE action = ''''reset'''' AND scope IS NOT ''''topic'''' ORDER BY seq DESC LIMIT 1
    ), 0), 0) AS reset_seq
  FROM asked LIMIT 1 OFFSET 0
),
-- The newest offence and the newest warning; the assessment that is asked about, also by a second look.
sanctioned AS (
  SELECT since.*,
    CASE WHEN has_cases THEN (SELECT seq FROM standing WHERE offence AND seq > reset_seq ORDER BY seq DESC LIMIT 1) END AS offence_seq,
    CASE WHEN has_cases THEN (SELECT seq FROM standing WHERE action = ''''warn'''' AND seq > reset_seq ORDER BY seq DESC LIMIT 1) END AS warning_seq,
    coalesce((SELECT seq FROM assessment WHERE seq = last_seq AND member = about),
      (SELECT assessment FROM second_look WHERE seq = last_seq AND (SELECT member FROM message WHERE id = second_look.message) = about),
      (SELECT seq FROM counted WHERE seq > reset_seq ORDER BY at DESC, seq DESC LIMIT 1)) AS this_seq
  FROM since LIMIT 1 OFFSET 0
),
timed AS (
  SELECT sanctioned.*,
    CASE WHEN offence_seq THEN (SELECT at FROM sanction WHERE seq = offence_seq) END AS last_offence_at,
    CASE WHEN warning_seq THEN (SELECT at FROM sanction WHERE seq = warning_seq) END AS last_warning_at,
    -- The oldest message that a score of window_size messages reaches back to; NULL: all of the window.
    (
      SELECT seq FROM counted WHERE at > now - window_s AND seq > reset_seq
      ORDER BY at DESC, seq DESC LIMIT 1 OFFSET (SELECT value FROM setting WHERE name = ''''window_size'''') - 1
    ) AS oldest_seq
  FROM sanctioned LIMIT 1 OFFSET 0
),
-- Warned: by a warning newer than the last offence that has not lapsed. Then its time, else NULL.
warned AS (
  SELECT timed.*,
    CASE WHEN warning_seq > coalesce(offence_seq, 0)
      AND (warning_ttl_s = 0 OR now - max(last_warning_at, coalesce(last_offence_at, last_warning_at)) < warning_ttl_s)
      THEN last_warning_at END AS warned_at,
    coalesce((SELECT at FROM assessment WHERE seq = oldest_seq), now - window_s) AS window_from,
    coalesce(oldest_seq, 0) AS window_seq
  FROM timed LIMIT 1 OFFSET 0
)
SELECT
  -- Drama. `this` is the assessment at :seq, else the newest. Its message counts as it was judged up to :seq.
  (
    SELECT drama_score(toxicity, at, now, warned_at, window_size, window_s,
      (SELECT value FROM setting WHERE name = ''''escalation_boost''''))
    FROM (SELECT toxicity, at FROM counted WHERE (at, seq) >= (window_from, window_seq) AND seq > reset_seq ORDER BY at, seq)
  ) AS drama,
  (
    SELECT json_group_array(json_object(''''toxicity'''', toxicity, ''''at'''', at, ''''id'''', message))
    FROM (SELECT toxicity, at, message FROM counted WHERE (at, seq) >= (window_from, window_seq) AND seq > reset_seq ORDER BY at, seq)
  ) AS drama_messages, -- JSON: what drama is made of, for drama_terms
  coalesce((SELECT toxicity FROM valid WHERE message = this.message), 0.0) AS toxicity,
  (SELECT categories FROM valid WHERE message = this.message) AS categories, -- JSON, {"insult": 0.6}
  (
    SELECT json_group_array(json_object(''''at'''', at, ''''toxicity'''', toxicity, ''''message'''', message)) FROM (
      SELECT * FROM (
        SELECT * FROM (
          SELECT at, seq, toxicity, message FROM counted WHERE at > now - window_s AND seq > reset_seq
          ORDER BY at DESC, seq DESC LIMIT (SELECT value FROM setting WHERE name = ''''window_size'''')
        ) WHERE toxicity > 0.3 ORDER BY at DESC, seq DESC LIMIT 5
      ) ORDER BY at, seq)
  ) AS incidents, -- JSON: the newest 5 in the window that are above 0.3, oldest first

  -- Sanctions
  warned_at IS NOT NULL AS warned,
  warned_at,
  iif(offence_seq, (
    SELECT offence_count(at, 60.0 * (SELECT value FROM setting WHERE name = ''''offence_reset_minutes''''), now)
    FROM (SELECT at FROM standing WHERE offence AND seq > reset_seq ORDER BY seq DESC LIMIT 1000) -- more are not told apart
  ), 0) AS offences,
  last_warning_at,
  last_offence_at,
  60.0 * (SELECT value FROM setting WHERE name = ''''warn_cooldown_minutes'''') AS warn_cooldown_s,
  coalesce(now - last_warning_at > 60.0 * (SELECT value FROM setting WHERE name = ''''warn_cooldown_minutes''''), 1)
    AS warn_allowed,
  iif(has_cases, (
    SELECT iif(now - at <= 60.0 * (SELECT value FROM setting WHERE name = ''''offence_reset_minutes''''), action, NULL)
    FROM (SELECT action, at, policy, decision FROM standing
      WHERE undoes IS NULL AND action <> ''''reset'''' AND seq > reset_seq ORDER BY seq DESC LIMIT 100) AS done
    WHERE policy IS NULL OR (SELECT severity FROM decision WHERE id = done.decision) IS NOT ''''none'''' LIMIT 1
  ), NULL) AS last_action, -- of the newest case, as far back as offence_reset_minutes; not a policy''''s of the severity ''''none''''
  iif(has_cases, (
    SELECT iif(now - at <= 60.0 * (SELECT value FROM setting WHERE name = ''''offence_reset_minutes''''), at, NULL)
    FROM (SELECT at, policy, decision FROM standing
      WHERE undoes IS NULL AND action <> ''''reset'''' AND seq > reset_seq ORDER BY seq DESC LIMIT 100) AS done
    WHERE policy IS NULL OR (SELECT severity FROM decision WHERE id = done.decision) IS NOT ''''none'''' LIMIT 1
  ), NULL) AS last_action_at,
  has_cases AND EXISTS (
    SELECT 1 FROM standing WHERE silences AND coalesce(ends_at, 1e13) > now
  ) AS muted, -- a mute, a timeout or a ban is in force; a reset ends none
  coalesce((SELECT immune FROM immunity WHERE member = about AND seq <= last_seq ORDER BY seq DESC LIMIT 1), 0)
    AS immune,
  coalesce((SELECT rank FROM member WHERE id = about), 0) AS rank,

  -- Spam. `said` is the first assessment of this text, with what is kept of it.
  (
    SELECT count(*) FROM (SELECT 1 FROM assessment
      WHERE member = about AND at > now - (SELECT value FROM setting WHERE name = ''''burst_window_s'''') AND at <= now
        AND seq <= last_seq AND seq > reset_seq
        AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0) OR revision = 0)
      LIMIT 100)
  ) AS recent_messages, -- the member''''s within burst_window_s, this one included
  coalesce((
    SELECT 1 + (
      SELECT count(*) FROM (SELECT seq, member FROM assessment
        WHERE text_key = said.text_key AND seq <= last_seq AND at <= now
          AND at > now - 60.0 * (SELECT value FROM setting WHERE name = ''''repeat_window_minutes'''')
        ORDER BY at DESC LIMIT 100) AS same
      WHERE member = about AND seq > reset_seq AND seq <> said.seq
        AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0)
          OR EXISTS (SELECT 1 FROM assessment AS it WHERE it.seq = same.seq AND it.message <> this.message
            AND NOT EXISTS (SELECT 1 FROM assessment AS earlier
              WHERE earlier.message = it.message AND earlier.revision < it.revision AND earlier.text_key = it.text_key))))
    FROM assessment AS said WHERE message = this.message AND revision = this.text_revision AND text_key IS NOT NULL
  ), 0) AS repeats, -- the member''''s within repeat_window_minutes that say the same, this one included; 0: too short to tell
  coalesce((
    SELECT (
      SELECT count(DISTINCT member) FROM (SELECT * FROM assessment
        WHERE text_key = said.text_key AND seq <= last_seq AND at <= now
          AND at > now - 60.0 * (SELECT value FROM setting WHERE name = ''''repeat_window_minutes'''')
        ORDER BY at DESC LIMIT 100) AS same
      WHERE member <> about
        AND (SELECT channel FROM message WHERE id = same.message) = (SELECT channel FROM message WHERE id = this.message))
    FROM assessment AS said WHERE message = this.message AND revision = this.text_revision AND text_key IS NOT NULL
      AND EXISTS (SELECT 1 FROM (SELECT member FROM assessment -- seldom, and quickly told
        WHERE text_key = said.text_key AND seq <= last_seq AND at <= now
          AND at > now - 60.0 * (SELECT value FROM setting WHERE name = ''''repeat_window_minutes'''')
        ORDER BY at DESC LIMIT 100) WHERE member <> about)
  ), 0) AS repeats_by_others, -- other members who said so in this channel within that time
  coalesce((SELECT links FROM assessment WHERE message = this.message AND revision = this.text_revision), 0) AS links, -- in this message
  coalesce(now - (SELECT at FROM assessment WHERE member = about AND at <= now AND seq <= last_seq ORDER BY at, seq LIMIT 1), 0.0)
    AS member_age_s, -- since the member''''s first message that is known here
  max(0, (
    SELECT count(*) FROM (SELECT 1 FROM assessment
      WHERE member = about AND at <= now AND seq <= last_seq
        AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0) OR revision = 0)
      LIMIT 101)
  ) - 1) AS member_messages, -- before this one
  (
    SELECT count(*) FROM (SELECT 1 FROM arrival
      WHERE newcomer AND channel = (SELECT channel FROM message WHERE id = this.message) AND at > now - 60.0 AND at <= now
        AND seq <= last_seq LIMIT 100)
  ) AS arrivals, -- of newcomers into this message''''s channel, within a minute
  EXISTS (
    SELECT 1 FROM sanction AS slow
    WHERE action = ''''slowmode'''' AND coalesce(ends_at, 1e13) > now AND at <= now AND seq <= last_seq
      AND (SELECT channel FROM message WHERE id = slow.message) = (SELECT channel FROM message WHERE id = this.message)
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = slow.case_no AND undo.seq <= last_seq)
  ) AS slowed, -- a slowmode is in force in this message''''s channel

  -- Off topic
  this.off_topic AS is_off_topic,
  this.topic AS topic,
  (SELECT count FROM strikes) AS off_topic, -- reminders since the last reset
  (SELECT last_at FROM strikes WHERE count > 0) AS last_reminder_at,
  coalesce((SELECT now - last_at > 60.0 * (SELECT value FROM setting WHERE name = ''''topic_cooldown_minutes'''')
    FROM strikes WHERE count > 0), 1) AS reminder_allowed,
  (SELECT owner FROM notified) AS owner_notified,
  (SELECT count FROM strikes) >= 3 AND NOT (SELECT owner FROM notified) AS owner_due,

  -- Coherence, compared with what was usual before this message
  this.coherence AS coherence,
  this.coherence_flag AS coherence_flag,
  coalesce(usual.baseline_after, 0.85) AS coherence_baseline,
  coherence_drop(this.coherence, coalesce(usual.baseline_after, 0.85),
    (SELECT value FROM setting WHERE name = ''''coherence_drop''''), (SELECT value FROM setting WHERE name = ''''coherence_floor''''))
    AS coherence_drop, -- NULL: no alert
  coalesce(now - (SELECT at FROM told WHERE kind = ''''coherence'''' AND seq > reset_seq ORDER BY seq DESC LIMIT 1)
    >= 60.0 * (SELECT value FROM setting WHERE name = ''''coherence_cooldown_minutes''''), 1) AS coherence_alert_allowed,
  (
    SELECT json_group_array(coherence) FROM (
      SELECT * FROM (SELECT seq, coherence FROM assessment
        WHERE member = about AND coherence IS NOT NULL AND seq <= last_seq AND seq > reset_seq
          AND NOT EXISTS (SELECT 1 FROM assessment AS later WHERE later.message = assessment.message
            AND later.coherence IS NOT NULL AND later.seq > assessment.seq AND later.seq <= last_seq)
        ORDER BY seq DESC LIMIT 20)
      ORDER BY seq)
  ) AS coherence_scores, -- JSON: of the newest 20 messages, oldest first

  -- Reputation, flags, the newest verdict about this message as it reads now
  coalesce(newest.after, (SELECT value FROM setting WHERE name = ''''neutral'''')) AS reputation,
  (SELECT count(*) FROM (SELECT 1 FROM flag WHERE member = about AND seq <= last_seq LIMIT 1000)) AS flags,
  judged.outcome AS verdict, -- SAFE, REVIEW, VIOLATION; NULL: nobody was asked, or could be
  judged.violation AS verdict_violation,
  judged.rule AS verdict_rule,
  judged.severity AS verdict_severity,
  judged.confidence AS verdict_confidence,
  (SELECT severity FROM rule WHERE name = judged.rule) AS rule_severity, -- the most it may count as; NULL: no rule of ours
  EXISTS (SELECT 1 FROM rule JOIN rule_exemption ON rule_exemption.rule = number
      JOIN channel ON channel.name = rule_exemption.channel
    WHERE rule.name = judged.rule AND channel.id = (SELECT channel FROM message WHERE id = this.message))
    AS rule_exempt, -- it does not hold in this message''''s channel
  (SELECT count(*) FROM (SELECT 1 FROM waiting WHERE member = about LIMIT 100)) AS reviews_waiting, -- about the member; more are not told apart
  EXISTS (SELECT 1 FROM waiting WHERE message = this.message) AS in_review, -- this message waits for one

  -- Should a model look at this message, and a heavier one too?
  sampling_rate(coalesce(newest.after, (SELECT value FROM setting WHERE name = ''''neutral'''')), ''''text'''',
    coalesce((SELECT multiplier FROM content_type WHERE name = ''''text''''), 1.0),
    (SELECT value FROM setting WHERE name = ''''high_risk''''), (SELECT value FROM setting WHERE name = ''''low_risk'''')) AS sampled_p,
  should_analyze(coalesce(newest.after, (SELECT value FROM setting WHERE name = ''''neutral'''')), ''''text'''',
    iif(this.message IS NULL, NULL, dice((SELECT value FROM setting WHERE name = ''''secret''''), this.message)),
    coalesce((SELECT multiplier FROM content_type WHERE name = ''''text''''), 1.0),
    (SELECT value FROM setting WHERE name = ''''high_risk''''), (SELECT value FROM setting WHERE name = ''''low_risk'''')) AS sampled,
  coalesce(nullif((SELECT value FROM setting WHERE name = ''''analysis_cooldown_s''''), 0)
    < now - (SELECT at FROM assessment WHERE member = about AND source = ''''model'''' AND seq <= last_seq AND seq > reset_seq
      ORDER BY seq DESC LIMIT 1), 1) AS analysis_allowed,
  coalesce(this.toxicity >= 0.25 OR this.off_topic = 1 OR this.coherence < 0.6, 0) AS second_model,

  -- What people and models keep about the member, for prompts
  (
    SELECT json_group_array(line) FROM (
      SELECT * FROM (
        SELECT id, at, ''''['''' || strftime(''''%Y-%m-%d %H:%M'''', at, ''''unixepoch'''') || ''''] '''' || text AS line FROM note
        WHERE member = about AND at <= now AND coalesce(cleared_at >= now, 1)
          AND coalesce((SELECT seq FROM decision WHERE id = note.decision) < last_seq, at < now) -- a decision is yet to write its own
        ORDER BY at DESC, id DESC LIMIT 10
      ) ORDER BY at, id)
  ) AS notes, -- JSON: the newest 10, oldest first
  (SELECT iif(cleared_at < now, NULL, text) FROM profile WHERE member = about AND at < now ORDER BY at DESC, id DESC LIMIT 1)
    AS profile,
  (SELECT json_group_array(name) FROM (SELECT name FROM alias
    WHERE member = about AND at < now AND coalesce(cleared_at >= now, 1) ORDER BY id)) AS aliases -- JSON
FROM warned
  LEFT JOIN assessment AS this ON this.seq = this_seq
  LEFT JOIN assessment AS usual ON usual.seq = (
    SELECT seq FROM assessment
    WHERE member = about AND coherence IS NOT NULL AND seq <= coalesce(this_seq, last_seq) AND seq > reset_seq
      AND message IS NOT this.message
    ORDER BY seq DESC LIMIT 1)
  LEFT JOIN reputation_change AS newest ON newest.seq =
    (SELECT max(seq) FROM reputation_change WHERE member = about AND seq <= last_seq)
  LEFT JOIN verdict AS judged ON judged.seq =
    (SELECT max(seq) FROM verdict WHERE message = this.message AND seq <= last_seq
      AND seq > iif(this.text_revision = 0, 0,
        (SELECT seq FROM assessment WHERE message = this.message AND revision = this.text_revision)))
'')');
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','escalation','escalation',0,'CREATE VIRTUAL TABLE escalation USING lua_policy(policy = ''ladder'', facts = member_facts)');
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','shadow_ban','shadow_ban',0,'CREATE VIRTUAL TABLE shadow_ban USING shadow_ban(privilege = ''privilege'')');
CREATE TABLE IF NOT EXISTS "shadow_ban_state"(member ANY PRIMARY KEY, id INTEGER NOT NULL UNIQUE, started_at REAL NOT NULL, duration_days REAL NOT NULL, base REAL NOT NULL, since REAL NOT NULL, lift_at REAL, reason TEXT NOT NULL, initiated_by ANY, platform TEXT, revoked INTEGER NOT NULL, revoked_at REAL) STRICT, WITHOUT ROWID;
INSERT INTO shadow_ban_state VALUES(2,1,1773479200.0,15.0,0.0,1773479200.0,NULL,'floods the bot',NULL,NULL,0,NULL);
CREATE TABLE IF NOT EXISTS "shadow_ban_audit"(id INTEGER PRIMARY KEY, ban INTEGER NOT NULL, member ANY NOT NULL, at REAL NOT NULL, actor ANY, action TEXT NOT NULL, before ANY, after ANY, why TEXT) STRICT;
INSERT INTO shadow_ban_audit VALUES(1,1,2,1773480000.0,NULL,'start',NULL,1.0024691358024691023,'case 8');
CREATE TABLE our_own (x);
INSERT INTO our_own VALUES(1);
CREATE INDEX assessment_member ON assessment (member, at);
CREATE INDEX assessment_text ON assessment (text_key, at, member) WHERE text_key IS NOT NULL;
CREATE INDEX assessment_at ON assessment (at, member);
CREATE INDEX assessment_again ON assessment (member) WHERE revision > 0;
CREATE INDEX assessment_by_model ON assessment (member, seq) WHERE source = 'model';
CREATE INDEX assessment_of_model ON assessment (seq, message) WHERE source = 'model';
CREATE INDEX assessment_coherence ON assessment (member, seq) WHERE coherence IS NOT NULL;
CREATE INDEX verdict_message ON verdict (message, seq);
CREATE INDEX decision_acted ON decision (member, at) WHERE action <> 'none';
CREATE INDEX decision_message ON decision (message) WHERE action <> 'none';
CREATE VIEW policy_decision AS
  SELECT *, substr(policy, 1, instr(policy, '@') - 1) AS policy_name FROM decision;
CREATE INDEX sanction_member ON sanction (member, action, seq);
CREATE INDEX sanction_done ON sanction (member, seq) WHERE undoes IS NULL AND action <> 'reset';
CREATE INDEX sanction_offence ON sanction (member, seq, at) WHERE offence;
CREATE INDEX sanction_silence ON sanction (member, coalesce(ends_at, 1e13)) WHERE silences;
CREATE INDEX sanction_slowmode ON sanction (coalesce(ends_at, 1e13)) WHERE action = 'slowmode';
CREATE INDEX sanction_policy ON sanction (policy, at, member, seq, case_no) WHERE policy IS NOT NULL;
CREATE INDEX sanction_decision ON sanction (decision) WHERE decision IS NOT NULL;
CREATE INDEX sanction_shadow_ban ON sanction (case_no) WHERE action = 'shadow_ban';
CREATE UNIQUE INDEX sanction_undoes ON sanction (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX shadow_ban_case_ban ON shadow_ban_case (ban, case_no);
CREATE INDEX reputation_change_member ON reputation_change (member, seq, after);
CREATE INDEX flag_member ON flag (member, seq);
CREATE INDEX notification_member ON notification (member, kind, seq);
CREATE INDEX notification_decision ON notification (decision) WHERE decision IS NOT NULL;
CREATE INDEX immunity_member ON immunity (member, seq);
CREATE INDEX arrival_newcomer ON arrival (channel, at) WHERE newcomer;
CREATE INDEX mode_change_policy ON mode_change (policy, seq);
CREATE INDEX second_look_message ON second_look (message, seq);
CREATE VIEW next_seq (seq) AS
  SELECT 1 + max(coalesce((SELECT seq FROM assessment ORDER BY seq DESC LIMIT 1), 0),
    coalesce((SELECT seq FROM log_entry ORDER BY seq DESC LIMIT 1), 0));
CREATE VIEW assessment_said AS
  SELECT *, iif(text_revision = 0, at, coalesce((SELECT edit.at FROM message_edit AS edit
    WHERE edit.message = assessment.message AND edit.revision = assessment.text_revision), at)) AS said_at
  FROM assessment;
CREATE VIEW occasion AS
  SELECT seq, message, revision, member, said_at AS at
  FROM assessment_said AS assessment
  WHERE source = 'scorer' AND (revision = 0 OR (text_revision = revision
    AND toxicity > coalesce((SELECT max(toxicity) FROM assessment AS old
      WHERE old.message = assessment.message AND old.revision < assessment.revision), -1)));
CREATE VIEW member_reputation AS
  SELECT id AS member, coalesce(
    (SELECT after FROM reputation_change WHERE member = member.id AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1),
    (SELECT value FROM setting WHERE name = 'neutral')) AS reputation
  FROM member;
CREATE TRIGGER assessment_is_new BEFORE INSERT ON assessment
BEGIN
  SELECT RAISE(ABORT, 'assessment.seq must be the next one: (SELECT seq FROM next_seq)')
    WHERE NEW.seq IS NOT (SELECT seq FROM next_seq);
  SELECT RAISE(ABORT, 'assessment.member must be the one who wrote the message')
    WHERE NEW.member IS NOT (SELECT member FROM message WHERE id = NEW.message);
  SELECT RAISE(ABORT, 'that revision is assessed already: add one with the next revision instead')
    WHERE EXISTS (SELECT 1 FROM assessment WHERE message = NEW.message AND revision = NEW.revision);
END;
CREATE TRIGGER assessment_moves_baseline AFTER INSERT ON assessment
WHEN NEW.coherence IS NOT NULL
BEGIN
  UPDATE assessment SET baseline_after = 0.1 * NEW.coherence + 0.9 * coalesce((
    SELECT baseline_after FROM assessment
    WHERE member = NEW.member AND coherence IS NOT NULL AND seq < NEW.seq AND message <> NEW.message
      AND seq > coalesce((SELECT max(seq) FROM sanction
        WHERE member = NEW.member AND action = 'reset' AND scope IS NOT 'topic'
          AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)), 0)
    ORDER BY seq DESC LIMIT 1), 0.85)
  WHERE seq = NEW.seq;
END;
CREATE TRIGGER log_entry_in_order BEFORE INSERT ON log_entry
WHEN NEW.seq IS NOT (SELECT seq FROM next_seq)
BEGIN
  SELECT RAISE(ABORT, 'log_entry.seq must be the next one: (SELECT seq FROM next_seq)');
END;
CREATE TRIGGER log_entry_is_fixed BEFORE UPDATE ON log_entry
BEGIN
  SELECT RAISE(ABORT, 'the log does not change');
END;
CREATE TRIGGER log_entry_is_kept BEFORE DELETE ON log_entry
BEGIN
  SELECT RAISE(ABORT, 'the log is kept');
END;
CREATE TRIGGER assessment_is_kept BEFORE DELETE ON assessment
BEGIN
  SELECT RAISE(ABORT, 'assessments are kept: add one with the next revision instead');
END;
CREATE TRIGGER assessment_is_fixed BEFORE UPDATE ON assessment
WHEN OLD.baseline_after IS NOT NULL OR OLD.coherence IS NULL
BEGIN
  SELECT RAISE(ABORT, 'assessments do not change: add one with the next revision instead');
END;
CREATE TRIGGER sanction_is_new BEFORE INSERT ON sanction
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
CREATE TRIGGER sanction_of_shadow_ban BEFORE INSERT ON sanction
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
END
;
CREATE TRIGGER sanction_is_numbered AFTER INSERT ON sanction
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'sanction');
  UPDATE sanction SET
    seq = (SELECT max(seq) FROM log_entry),
    case_no = (SELECT coalesce(max(case_no), 0) + 1 FROM sanction),
    member = coalesce(NEW.member, (SELECT member FROM sanction WHERE case_no = NEW.undoes)),
    ends_at = coalesce(NEW.ends_at, iif(NEW.action = 'shadow_ban', NULL, NEW.at + NEW.duration_s))
  WHERE id = NEW.id;
END;
CREATE TRIGGER sanction_resets_all AFTER UPDATE ON sanction
WHEN OLD.seq IS NULL AND NEW.scope = 'all'
BEGIN
  UPDATE note SET cleared_at = NEW.at, cleared_by = 'case ' || NEW.case_no WHERE member = NEW.member AND cleared_at IS NULL;
  UPDATE profile SET cleared_at = NEW.at, cleared_by = 'case ' || NEW.case_no WHERE member = NEW.member AND cleared_at IS NULL;
  UPDATE alias SET cleared_at = NEW.at, cleared_by = 'case ' || NEW.case_no WHERE member = NEW.member AND cleared_at IS NULL;
  INSERT INTO immunity (member, at, immune, moderator, reason)
    SELECT NEW.member, NEW.at, 0, NEW.moderator, 'case ' || NEW.case_no
    WHERE (SELECT immune FROM immunity WHERE member = NEW.member ORDER BY seq DESC LIMIT 1) = 1;
END;
CREATE TRIGGER sanction_is_fixed BEFORE UPDATE ON sanction
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'sanctions do not change: add a row that undoes the case instead');
END;
CREATE TRIGGER sanction_is_kept BEFORE DELETE ON sanction
BEGIN
  SELECT RAISE(ABORT, 'sanctions are kept: add a row that undoes the case instead');
END;
CREATE TRIGGER verdict_is_new BEFORE INSERT ON verdict
BEGIN
  SELECT RAISE(ABORT, 'verdict.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'verdicts are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM verdict WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'verdict.member must be the one who wrote the message')
    WHERE NEW.member IS NOT (SELECT member FROM message WHERE id = NEW.message);
END;
CREATE TRIGGER verdict_is_numbered AFTER INSERT ON verdict
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'verdict');
  UPDATE verdict SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;
CREATE TRIGGER verdict_is_fixed BEFORE UPDATE ON verdict
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'verdicts do not change: add another row instead');
END;
CREATE TRIGGER verdict_is_kept BEFORE DELETE ON verdict
BEGIN
  SELECT RAISE(ABORT, 'verdicts are kept: add another row instead');
END;
CREATE TRIGGER reputation_change_is_new BEFORE INSERT ON reputation_change
BEGIN
  SELECT RAISE(ABORT, 'reputation_change.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'changes of reputation are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM reputation_change WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'reputation_change.before is given by the database: leave it out') WHERE NEW.before IS NOT NULL;
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
  SELECT RAISE(ABORT, 'that flag or verdict has changed a reputation already')
    WHERE EXISTS (SELECT 1 FROM reputation_change WHERE flag = NEW.flag AND cause = NEW.cause)
      OR EXISTS (SELECT 1 FROM reputation_change WHERE verdict = NEW.verdict AND cause = NEW.cause);
END;
CREATE TRIGGER reputation_change_is_numbered AFTER INSERT ON reputation_change
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'reputation_change');
  UPDATE reputation_change SET seq = (SELECT max(seq) FROM log_entry),
    before = (SELECT reputation FROM member_reputation WHERE member = NEW.member)
  WHERE id = NEW.id;
END;
CREATE TRIGGER reputation_change_is_fixed BEFORE UPDATE ON reputation_change
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'changes of reputation do not change: add another row instead');
END;
CREATE TRIGGER reputation_change_is_kept BEFORE DELETE ON reputation_change
BEGIN
  SELECT RAISE(ABORT, 'changes of reputation are kept: add another row instead');
END;
CREATE TRIGGER flag_is_new BEFORE INSERT ON flag
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
CREATE TRIGGER flag_is_numbered AFTER INSERT ON flag
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'flag');
  UPDATE flag SET seq = (SELECT max(seq) FROM log_entry), member = (SELECT member FROM message WHERE id = NEW.message) WHERE id = NEW.id;
END;
CREATE TRIGGER flag_calls_person AFTER UPDATE OF seq ON flag
WHEN OLD.seq IS NULL
BEGIN
  INSERT INTO review (at, message, member, flag, reason)
    SELECT NEW.at, NEW.message, NEW.member, NEW.id, 'flag ' || flag_type.name
    FROM flag_type WHERE name = NEW.type AND (calls_moderator OR (SELECT value FROM setting WHERE name = 'flag_mode') = 'review');
END;
CREATE TRIGGER flag_is_fixed BEFORE UPDATE ON flag
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'flags do not change: add another row instead');
END;
CREATE TRIGGER flag_is_kept BEFORE DELETE ON flag
BEGIN
  SELECT RAISE(ABORT, 'flags are kept: add another row instead');
END;
CREATE TRIGGER notification_is_new BEFORE INSERT ON notification
BEGIN
  SELECT RAISE(ABORT, 'notification.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'notifications are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM notification WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
END;
CREATE TRIGGER notification_is_numbered AFTER INSERT ON notification
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'notification');
  UPDATE notification SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;
CREATE TRIGGER notification_is_fixed BEFORE UPDATE ON notification
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'notifications do not change: add another row instead');
END;
CREATE TRIGGER notification_is_kept BEFORE DELETE ON notification
BEGIN
  SELECT RAISE(ABORT, 'notifications are kept: add another row instead');
END;
CREATE TRIGGER immunity_is_new BEFORE INSERT ON immunity
BEGIN
  SELECT RAISE(ABORT, 'immunity.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'switches of immunity are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM immunity WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'there is no such member') WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = NEW.member);
END;
CREATE TRIGGER immunity_is_numbered AFTER INSERT ON immunity
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'immunity');
  UPDATE immunity SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;
CREATE TRIGGER immunity_is_fixed BEFORE UPDATE ON immunity
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'switches of immunity do not change: add another row instead');
END;
CREATE TRIGGER immunity_is_kept BEFORE DELETE ON immunity
BEGIN
  SELECT RAISE(ABORT, 'switches of immunity are kept: add another row instead');
END;
CREATE TRIGGER arrival_is_new BEFORE INSERT ON arrival
BEGIN
  SELECT RAISE(ABORT, 'arrival.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'arrivals are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM arrival WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM arrival WHERE event = NEW.event);
  SELECT RAISE(ABORT, 'there is no such channel') WHERE NOT EXISTS (SELECT 1 FROM channel WHERE id = NEW.channel);
END;
CREATE TRIGGER arrival_is_numbered AFTER INSERT ON arrival
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'arrival');
  UPDATE arrival SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;
CREATE TRIGGER arrival_is_fixed BEFORE UPDATE ON arrival
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'arrivals do not change');
END;
CREATE TRIGGER arrival_is_kept BEFORE DELETE ON arrival
BEGIN
  SELECT RAISE(ABORT, 'arrivals are kept');
END;
CREATE TRIGGER mode_change_is_new BEFORE INSERT ON mode_change
BEGIN
  SELECT RAISE(ABORT, 'mode_change.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'switches of the mode are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM mode_change WHERE id = NEW.id);
END;
CREATE TRIGGER mode_change_is_numbered AFTER INSERT ON mode_change
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'mode_change');
  UPDATE mode_change SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;
CREATE TRIGGER mode_change_is_fixed BEFORE UPDATE ON mode_change
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'switches of the mode do not change: add another row instead');
END;
CREATE TRIGGER mode_change_is_kept BEFORE DELETE ON mode_change
BEGIN
  SELECT RAISE(ABORT, 'switches of the mode are kept: add another row instead');
END;
CREATE TRIGGER second_look_is_new BEFORE INSERT ON second_look
BEGIN
  SELECT RAISE(ABORT, 'second_look.seq is given by the database: leave it out') WHERE NEW.seq IS NOT NULL;
  SELECT RAISE(ABORT, 'second looks are kept: one cannot be replaced') WHERE EXISTS (SELECT 1 FROM second_look WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'second_look.assessment must be one of the message')
    WHERE NOT EXISTS (SELECT 1 FROM assessment WHERE seq = NEW.assessment AND message = NEW.message);
END;
CREATE TRIGGER second_look_is_numbered AFTER INSERT ON second_look
BEGIN
  INSERT INTO log_entry (seq, kind) VALUES ((SELECT seq FROM next_seq), 'second_look');
  UPDATE second_look SET seq = (SELECT max(seq) FROM log_entry) WHERE id = NEW.id;
END;
CREATE TRIGGER second_look_is_fixed BEFORE UPDATE ON second_look
WHEN OLD.seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'second looks do not change');
END;
CREATE TRIGGER second_look_is_kept BEFORE DELETE ON second_look
BEGIN
  SELECT RAISE(ABORT, 'second looks are kept');
END;
CREATE INDEX note_member ON note (member, at);
CREATE INDEX note_decision ON note (decision) WHERE decision IS NOT NULL;
CREATE INDEX profile_member ON profile (member, at);
CREATE INDEX alias_folded ON alias (folded) WHERE cleared_at IS NULL;
CREATE INDEX alias_member ON alias (member);
CREATE TRIGGER note_is_kept BEFORE DELETE ON note
BEGIN
  SELECT RAISE(ABORT, 'a note is not deleted: set cleared_at and cleared_by instead');
END;
CREATE TRIGGER note_is_new BEFORE INSERT ON note
BEGIN
  SELECT RAISE(ABORT, 'a note is not replaced: clear it and add another') WHERE EXISTS (SELECT 1 FROM note WHERE id = NEW.id);
END;
CREATE TRIGGER note_is_fixed BEFORE UPDATE ON note
WHEN (NEW.id, NEW.member, NEW.at, NEW.author, NEW.text, NEW.decision)
  IS NOT (OLD.id, OLD.member, OLD.at, OLD.author, OLD.text, OLD.decision)
BEGIN
  SELECT RAISE(ABORT, 'a note does not change: clear it and add another');
END;
CREATE TRIGGER profile_is_kept BEFORE DELETE ON profile
BEGIN
  SELECT RAISE(ABORT, 'a profile is not deleted: set cleared_at and cleared_by instead');
END;
CREATE TRIGGER profile_is_new BEFORE INSERT ON profile
BEGIN
  SELECT RAISE(ABORT, 'a profile is not replaced: clear it and add another') WHERE EXISTS (SELECT 1 FROM profile WHERE id = NEW.id);
END;
CREATE TRIGGER profile_is_fixed BEFORE UPDATE ON profile
WHEN (NEW.id, NEW.member, NEW.at, NEW.author, NEW.text) IS NOT (OLD.id, OLD.member, OLD.at, OLD.author, OLD.text)
BEGIN
  SELECT RAISE(ABORT, 'a profile does not change: clear it and add another');
END;
CREATE TRIGGER alias_is_kept BEFORE DELETE ON alias
BEGIN
  SELECT RAISE(ABORT, 'an alias is not deleted: set cleared_at and cleared_by instead');
END;
CREATE TRIGGER alias_is_new BEFORE INSERT ON alias
BEGIN
  SELECT RAISE(ABORT, 'an alias is not replaced: clear it and add another') WHERE EXISTS (SELECT 1 FROM alias WHERE id = NEW.id);
END;
CREATE TRIGGER alias_is_fixed BEFORE UPDATE ON alias
WHEN (NEW.id, NEW.member, NEW.at, NEW.author, NEW.name, NEW.folded) IS NOT (OLD.id, OLD.member, OLD.at, OLD.author, OLD.name, OLD.folded)
BEGIN
  SELECT RAISE(ABORT, 'an alias does not change: clear it and add another');
END;
CREATE INDEX review_open ON review (at) WHERE outcome IS NULL;
CREATE INDEX review_member ON review (member, coalesce(decided_at, 1e13));
CREATE INDEX review_message ON review (message);
CREATE TRIGGER review_is_new BEFORE INSERT ON review
BEGIN
  SELECT RAISE(ABORT, 'reviews are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM review WHERE id = NEW.id OR flag = NEW.flag OR verdict = NEW.verdict OR decision = NEW.decision);
  SELECT RAISE(ABORT, 'a review begins undecided: update its outcome') WHERE NEW.outcome IS NOT NULL;
END;
CREATE TRIGGER review_is_fixed BEFORE UPDATE ON review
BEGIN
  SELECT RAISE(ABORT, 'what a review is about does not change')
    WHERE (NEW.id, NEW.at, NEW.message, NEW.member, NEW.reason, NEW.flag, NEW.verdict, NEW.decision)
      IS NOT (OLD.id, OLD.at, OLD.message, OLD.member, OLD.reason, OLD.flag, OLD.verdict, OLD.decision);
  SELECT RAISE(ABORT, 'that review is decided already')
    WHERE OLD.outcome IS NOT NULL AND (NEW.outcome, NEW.decided_by, coalesce(OLD.decided_at, NEW.decided_at))
      IS NOT (OLD.outcome, OLD.decided_by, NEW.decided_at);
END;
CREATE TRIGGER review_is_claimed BEFORE UPDATE OF claimed_by, outcome ON review
BEGIN
  SELECT RAISE(ABORT, 'that review is decided already') WHERE OLD.outcome IS NOT NULL;
  SELECT RAISE(ABORT, 'another moderator has claimed that review')
    WHERE OLD.claimed_until > coalesce(nullif(NEW.claimed_at, OLD.claimed_at), NEW.decided_at, ((julianday('now') - 2440587.5) * 86400.0))
      AND coalesce(NEW.decided_by, NEW.claimed_by) <> OLD.claimed_by;
END;
CREATE TRIGGER review_is_claimed_at BEFORE UPDATE OF claimed_at ON review
WHEN NEW.claimed_by <> OLD.claimed_by AND OLD.claimed_until > NEW.claimed_at
BEGIN
  SELECT RAISE(ABORT, 'another moderator has claimed that review');
END;
CREATE TRIGGER review_claim_ends AFTER UPDATE OF claimed_by ON review
BEGIN
  UPDATE review SET claimed_at = CASE WHEN NEW.claimed_by IS NOT NULL
      THEN coalesce(nullif(NEW.claimed_at, OLD.claimed_at), ((julianday('now') - 2440587.5) * 86400.0)) END
    WHERE id = NEW.id;
  UPDATE review SET claimed_until = claimed_at + 60.0 * (SELECT value FROM setting WHERE name = 'review_claim_minutes')
    WHERE id = NEW.id;
END;
CREATE TRIGGER review_is_decided AFTER UPDATE OF outcome ON review
WHEN NEW.outcome IS NOT NULL AND NEW.decided_at IS NULL
BEGIN
  UPDATE review SET decided_at = ((julianday('now') - 2440587.5) * 86400.0) WHERE id = NEW.id;
END;
CREATE TRIGGER review_is_kept BEFORE DELETE ON review
BEGIN
  SELECT RAISE(ABORT, 'reviews are kept: decide on it instead');
END;
CREATE INDEX job_run_job ON job_run (job, id);
CREATE TRIGGER setting_is_needed BEFORE DELETE ON setting
WHEN OLD.name NOT GLOB '*.*' -- without a policy's param, that of its script is in force again
BEGIN
  SELECT RAISE(ABORT, 'a setting cannot be deleted: update its value instead');
END
;
CREATE TRIGGER setting_of_risk BEFORE UPDATE ON setting
BEGIN
  SELECT RAISE(ABORT, 'high_risk must be below low_risk')
    WHERE (NEW.name = 'high_risk' AND NEW.value >= (SELECT value FROM setting WHERE name = 'low_risk'))
      OR (NEW.name = 'low_risk' AND NEW.value <= (SELECT value FROM setting WHERE name = 'high_risk'));
END;
CREATE TRIGGER setting_of_risk_anew AFTER INSERT ON setting -- also in the place of one that was there
BEGIN
  SELECT RAISE(ABORT, 'high_risk must be below low_risk')
    WHERE (SELECT value FROM setting WHERE name = 'high_risk') >= (SELECT value FROM setting WHERE name = 'low_risk');
END
;
CREATE TRIGGER setting_keeps_its_name BEFORE UPDATE OF name ON setting
WHEN NEW.name <> OLD.name
BEGIN
  SELECT RAISE(ABORT, 'a setting keeps its name: update its value instead');
END;
CREATE TRIGGER setting_of_mode AFTER UPDATE OF value ON setting
WHEN NEW.name = 'mode'
BEGIN
  INSERT INTO mode_change (mode, reason) SELECT NEW.value, 'setting mode'
    WHERE coalesce((SELECT policy IS NOT NULL OR mode <> NEW.value FROM mode_change ORDER BY seq DESC LIMIT 1), NEW.value <> 'observe');
END;
CREATE TRIGGER setting_of_mode_anew AFTER INSERT ON setting
WHEN NEW.name = 'mode'
BEGIN
  UPDATE setting SET value = NEW.value WHERE name = 'mode';
END;
CREATE TRIGGER setting_of_covert BEFORE UPDATE OF value ON setting
WHEN NEW.name = 'shadow_ban_mode' AND NEW.value = 'covert'
BEGIN
  SELECT RAISE(ABORT, 'covert needs it on record that the rules announce it: INSERT INTO acknowledgement(subject, moderator, statement) VALUES (''covert shadow bans'', who, where)')
    WHERE NOT EXISTS (SELECT 1 FROM acknowledgement WHERE subject = 'covert shadow bans');
END;
CREATE TRIGGER setting_of_covert_anew AFTER INSERT ON setting
WHEN NEW.name = 'shadow_ban_mode'
BEGIN
  UPDATE setting SET value = NEW.value WHERE name = 'shadow_ban_mode';
END;
CREATE TRIGGER shadow_ban_case_is_fixed BEFORE UPDATE ON shadow_ban_case
BEGIN
  SELECT RAISE(ABORT, 'which case a shadow ban has does not change');
END;
CREATE TRIGGER shadow_ban_case_is_kept BEFORE DELETE ON shadow_ban_case
BEGIN
  SELECT RAISE(ABORT, 'the cases of shadow bans are kept: without them the bans would begin again');
END;
CREATE TRIGGER acknowledgement_is_new BEFORE INSERT ON acknowledgement
BEGIN
  SELECT RAISE(ABORT, 'acknowledgements are kept: one cannot be replaced')
    WHERE EXISTS (SELECT 1 FROM acknowledgement WHERE id = NEW.id);
END;
CREATE TRIGGER acknowledgement_is_fixed BEFORE UPDATE ON acknowledgement
BEGIN
  SELECT RAISE(ABORT, 'acknowledgements do not change: add another row');
END;
CREATE TRIGGER acknowledgement_is_kept BEFORE DELETE ON acknowledgement
BEGIN
  SELECT RAISE(ABORT, 'acknowledgements are kept: set shadow_ban_mode instead');
END;
CREATE VIEW assessment_current AS
  SELECT * FROM assessment
  WHERE NOT EXISTS (SELECT 1 FROM assessment AS better
    WHERE better.message = assessment.message AND better.revision >= (assessment.revision = 0)
      AND (better.text_revision, better.toxicity IS NOT NULL, better.authority, better.revision)
        > (assessment.text_revision, assessment.toxicity IS NOT NULL, assessment.authority, assessment.revision));
CREATE VIEW open_sanction AS
  SELECT case_no, member, display(member.name) AS name, action, display(reason) AS reason, display(policy) AS policy,
    display(moderator) AS moderator, at, ends_at,
    datetime(at, 'unixepoch') AS at_utc, datetime(ends_at, 'unixepoch') AS ends_at_utc
  FROM sanction JOIN member ON member.id = sanction.member
  WHERE action IN ('slowmode', 'mute', 'timeout', 'ban', 'shadow_ban')
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
    AND coalesce((SELECT ban IN (SELECT rowid FROM shadow_ban) FROM shadow_ban_case WHERE shadow_ban_case.case_no = sanction.case_no),
      ends_at > (SELECT max(at) FROM assessment), 1);
CREATE VIEW member_now AS
  WITH clock AS MATERIALIZED (
    SELECT max(at) AS now, (SELECT value FROM setting WHERE name = 'window_size') AS window_size,
      60.0 * (SELECT value FROM setting WHERE name = 'window_minutes') AS window_s
    FROM assessment
  ),
  case_counting AS (
    SELECT member, action, scope, seq FROM sanction
    WHERE NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
  )
  SELECT member.id AS member, display(name) AS name, rank,
    coalesce((SELECT immune FROM immunity WHERE immunity.member = member.id ORDER BY seq DESC LIMIT 1), 0) AS immune,
    (SELECT reputation FROM member_reputation WHERE member_reputation.member = member.id) AS reputation,
    (SELECT drama_score(toxicity, at, now, NULL, window_size, window_s)
      FROM (SELECT toxicity, at FROM assessment_current
        WHERE assessment_current.member = member.id AND at > now - window_s
          AND seq > coalesce((SELECT max(seq) FROM case_counting
            WHERE case_counting.member = member.id AND action = 'reset' AND scope IS NOT 'topic'), 0)
        ORDER BY at, seq)) AS drama,
    (SELECT count(DISTINCT message) FROM assessment WHERE assessment.member = member.id) AS messages,
    (SELECT count(*) FROM case_counting WHERE case_counting.member = member.id AND action = 'warn') AS warnings,
    (SELECT max(at) FROM assessment WHERE assessment.member = member.id) AS last_at,
    (SELECT datetime(max(at), 'unixepoch') FROM assessment WHERE assessment.member = member.id) AS last_at_utc
  FROM member, clock;
CREATE VIEW leaderboard AS
  SELECT member, name, drama, messages, warnings, last_at_utc FROM member_now WHERE drama > 0
  ORDER BY drama DESC, name;
CREATE VIEW explain AS
  SELECT decision.id AS decision, sanction.case_no, decision.member, display(member.name) AS name, decision.at,
    datetime(decision.at, 'unixepoch') AS at_utc, decision.action, decision.duration_s, decision.mode,
    display(decision.reason) AS reason, decision.policy,
    coalesce((
      SELECT group_concat(display(coalesce(name, '') || ' +' || printf('%g', points) || ': ' || coalesce(words, '')), char(10))
      FROM (
        SELECT max(iif(key = 'name', atom, NULL)) AS name, max(iif(key = 'points', atom, NULL)) AS points,
          max(iif(key = 'words', atom, NULL)) AS words
        FROM json_tree(decision.trace, '$.signals') WHERE atom IS NOT NULL GROUP BY path ORDER BY min(id))
    ) || char(10) || printf('%g points reach rung %d', (SELECT atom FROM json_each(decision.trace) WHERE key = 'points'),
      (SELECT atom FROM json_each(decision.trace) WHERE key = 'rung')), 'by the policy''s own decide'
      || coalesce(': ' || display(decision.reason), '')) AS explanation,
    decision.facts, decision.message
  FROM decision JOIN member ON member.id = decision.member
    LEFT JOIN sanction ON sanction.decision = decision.id
  WHERE decision.action <> 'none' OR decision.review;
CREATE VIEW decision_idle AS
  SELECT id, at FROM decision
  WHERE action = 'none' AND review IS NOT 1
    AND NOT EXISTS (SELECT 1 FROM review WHERE review.decision = decision.id)
    AND NOT EXISTS (SELECT 1 FROM sanction WHERE sanction.decision = decision.id);
CREATE VIEW policy_history AS
  SELECT name, version, active, note, datetime(created_at, 'unixepoch') AS created_at_utc,
    (SELECT count(*) FROM decision
      WHERE policy = policy_version.name || '@' || version AND action <> 'none') AS decisions
  FROM policy_version ORDER BY name, version;
CREATE VIEW policy_mode AS
  SELECT live.policy, coalesce(mode, 'observe') AS mode,
    CASE WHEN cause = 'brake' THEN 'the brake' WHEN mode_change.policy IS NOT NULL THEN 'set for ' || mode_change.policy
      WHEN mode IS NOT NULL THEN 'set for the community' ELSE 'a new community observes' END
      || coalesce(' by ' || display(moderator), '') || coalesce(': ' || display(reason), '') AS why,
    at AS since, datetime(at, 'unixepoch') AS since_utc
  FROM (SELECT name, version, name || '@' || version AS policy FROM policy_version WHERE active) AS live
    LEFT JOIN mode_change ON seq = (
      SELECT seq FROM (
        SELECT * FROM (SELECT seq, mode FROM mode_change AS newest
          WHERE newest.policy IS NULL OR newest.policy IN (live.name, live.policy) ORDER BY seq DESC LIMIT 1)
        UNION ALL
        SELECT * FROM (SELECT seq, mode FROM mode_change AS by_hand
          WHERE by_hand.policy IN (live.name, live.policy) AND cause = 'hand' ORDER BY seq DESC LIMIT 1))
      ORDER BY mode = 'observe' DESC, seq DESC LIMIT 1)
  ORDER BY live.name, live.version;
CREATE VIEW censored AS
  SELECT assessment.message, assessment.member, min(sanction.case_no) AS case_no, assessment.at
  FROM sanction CROSS JOIN assessment ON assessment.member = sanction.member AND assessment.revision = 0
    AND assessment.at >= sanction.at AND assessment.at < coalesce(sanction.ends_at, 1e13) AND assessment.seq > sanction.seq
  WHERE sanction.policy IS NOT NULL AND sanction.silences
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq < assessment.seq)
  GROUP BY assessment.message;
CREATE VIEW review_queue AS
  SELECT review.id AS review, review.at, datetime(review.at, 'unixepoch') AS at_utc, review.member,
    display(member.name) AS name, display(review.reason) AS reason, review.message, display(text) AS text,
    display(claimed_by) AS claimed_by, claimed_until,
    datetime(claimed_until, 'unixepoch') AS claimed_until_utc, review.flag, review.verdict, review.decision
  FROM review JOIN member ON member.id = review.member LEFT JOIN message_text ON message_text.message = review.message
  WHERE outcome IS NULL
  ORDER BY review.at, review.id;
CREATE VIEW flag_state AS
  SELECT flag.*, flag_type.points, review.outcome AS review_outcome, flag_outcome.penalty, flag_outcome.error,
    CASE WHEN flag_outcome.error IS NOT NULL THEN 'failed' WHEN flag_outcome.flag IS NOT NULL THEN 'processed'
      WHEN review.outcome = 'rejected' THEN 'rejected'
      WHEN review.outcome = 'upheld' OR review.id IS NULL OR (SELECT value FROM setting WHERE name = 'flag_mode') = 'immediate'
        THEN 'due'
      ELSE 'waiting' END AS state
  FROM flag LEFT JOIN flag_type ON flag_type.name = flag.type LEFT JOIN review ON review.flag = flag.id
    LEFT JOIN flag_outcome ON flag_outcome.flag = flag.id;
CREATE VIEW shadow_ban_status AS
  SELECT member, display(coalesce((SELECT name FROM member AS known
      WHERE known.id = shadow_ban.member AND typeof(shadow_ban.member) = 'integer'), member)) AS name,
    substr('██████████', 1, CAST(10 * progress AS INTEGER)) || substr('░░░░░░░░░░', 1, 10 - CAST(10 * progress AS INTEGER))
      || printf(' %d %%', CAST(100 * progress AS INTEGER)) AS bar,
    progress, printf('%.2f', iif(progress < 1, min(stage, 4.99), 5)) AS stage, phase,
    (SELECT CASE WHEN progress < 1 AND seconds >= 86400 THEN printf('%d d %d h', seconds / 86400, seconds % 86400 / 3600)
        WHEN progress < 1 THEN printf('%d h %d min', seconds / 3600, seconds % 3600 / 60) END
      FROM (SELECT CAST(86400 * duration_days * (min(4, floor(stage)) + 1 - stage) / 4 AS INTEGER) AS seconds)) AS next_phase_in,
    (SELECT printf('%d %%', CAST(100 * answered_p AS INTEGER)) FROM shadow_effect(progress)) AS answered,
    started_at, datetime(started_at, 'unixepoch') AS started_at_utc, lift_at, datetime(lift_at, 'unixepoch') AS lift_at_utc, revoked,
    display(coalesce((SELECT name FROM member AS known WHERE known.id = shadow_ban.initiated_by
        AND typeof(shadow_ban.initiated_by) = 'integer'), initiated_by, (
      SELECT moderator FROM shadow_ban_case JOIN sanction USING (case_no) WHERE ban = shadow_ban.rowid ORDER BY case_no LIMIT 1),
      'the owner')) AS initiated_by,
    display(reason) AS reason,
    (SELECT iif(value = 'covert' AND EXISTS (SELECT 1 FROM member AS known
        WHERE known.id = shadow_ban.member AND typeof(shadow_ban.member) = 'integer' AND (minor OR paying)), 'honest', value)
      FROM setting WHERE setting.name = 'shadow_ban_mode') AS mode,
    (SELECT case_no FROM shadow_ban_case WHERE ban = shadow_ban.rowid
      ORDER BY EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = shadow_ban_case.case_no), case_no LIMIT 1) AS case_no,
    now
  FROM shadow_ban;
CREATE TRIGGER verdict_has_outcome AFTER UPDATE OF seq ON verdict
WHEN OLD.seq IS NULL
BEGIN
  INSERT INTO reputation_change (member, at, cause, verdict, after)
    SELECT member, NEW.at, 'replaced', taken.verdict, max(0, min(100, reputation - taken.after + taken.before))
    FROM reputation_change AS taken JOIN member_reputation USING (member)
    WHERE taken.cause = 'outcome' AND taken.verdict IN (SELECT id FROM verdict WHERE message = NEW.message AND id <> NEW.id)
      AND NOT EXISTS (SELECT 1 FROM reputation_change AS back
        WHERE back.verdict = taken.verdict AND back.cause <> 'outcome');
  INSERT INTO reputation_change (member, at, cause, verdict, after)
    SELECT NEW.member, NEW.at, 'outcome', NEW.id, after FROM (
      SELECT reputation, reputation_after(reputation, NEW.outcome,
        (SELECT value FROM setting WHERE name = 'clean_reward'),
        (SELECT value FROM setting WHERE name = 'review_penalty'),
        (SELECT value FROM setting WHERE name = 'violation_penalty')) AS after
      FROM member_reputation WHERE member = NEW.member)
    WHERE after <> reputation AND (NEW.outcome <> 'SAFE' OR NEW.rewarded);
  INSERT INTO review (at, message, member, verdict, reason)
    SELECT NEW.at, NEW.message, NEW.member, NEW.id, NEW.outcome || ': ' || NEW.rule
    FROM member_reputation
    WHERE member = NEW.member
      AND review_required(reputation, NEW.outcome, (SELECT value FROM setting WHERE name = 'review_threshold'));
END;
CREATE TRIGGER review_gives_back AFTER UPDATE OF outcome ON review
WHEN NEW.outcome = 'rejected'
BEGIN
  INSERT INTO reputation_change (member, at, cause, verdict, flag, moderator, after)
    SELECT member, coalesce(NEW.decided_at, (julianday('now') - 2440587.5) * 86400.0), 'review', taken.verdict, taken.flag,
      NEW.decided_by, max(0, min(100, reputation - taken.after + taken.before))
    FROM reputation_change AS taken JOIN member_reputation USING (member)
    WHERE ((taken.verdict = NEW.verdict AND taken.cause = 'outcome') OR (taken.flag = NEW.flag AND taken.cause = 'flag'))
      AND NOT EXISTS (SELECT 1 FROM reputation_change AS back WHERE back.verdict = taken.verdict AND back.cause = 'replaced');
END;
CREATE TRIGGER setting_of_param BEFORE INSERT ON setting
WHEN NEW.name GLOB '*.*'
BEGIN
  SELECT RAISE(ABORT, 'no policy has that param: SELECT name, params FROM policy_version tells which there are')
    WHERE NOT EXISTS (
      SELECT 1 FROM policy_version, json_each(params) WHERE policy_version.name || '.' || json_each.key = NEW.name);
END;
CREATE TRIGGER mode_change_names_policy BEFORE INSERT ON mode_change
WHEN NEW.policy IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'there is no such policy, nor version of one')
    WHERE NOT EXISTS (SELECT 1 FROM policy_version WHERE NEW.policy IN (name, name || '@' || version));
END;
CREATE VIEW our_view AS SELECT count(*) AS cases FROM sanction;
CREATE INDEX our_index ON message (deleted_at);
CREATE TRIGGER our_trigger AFTER INSERT ON note BEGIN INSERT INTO our_own VALUES (NEW.id); END;
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id = 1145389903;
PRAGMA user_version = 5;
