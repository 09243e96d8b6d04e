-- The mode: who may act is a row of the log for each switch; the newest that concerns a version and the newest by hand that names it count.
-- community
-- plan 37

UPDATE policy SET active = 0 WHERE name = 'spam';

INSERT INTO policy(source) SELECT replace(source, 'softer', 'soft') || char(10) FROM policy WHERE name = 'ladder';
SELECT 'mode, a new community observes', policy || ' ' || mode || ', ' || why, 'ladder@1 observe, a new community observes' FROM policy_mode;
SELECT 'mode, and has said nothing of it', count(*), 0 FROM mode_change;
UPDATE setting SET value = 'enforce' WHERE name = 'mode';
SELECT 'mode, the setting writes a row for the community', group_concat(seq || ' ' || coalesce(policy, 'all') || ' ' || mode || ' ' || cause), '1 all enforce hand'
  FROM mode_change;
SELECT 'mode, which is in the log', kind, 'mode_change' FROM log_entry WHERE seq = 1;
SELECT 'mode, and counts', mode || ', ' || why, 'enforce, set for the community: setting mode' FROM policy_mode;
UPDATE setting SET value = 'enforce' WHERE name = 'mode';
SELECT 'mode, the same again is no switch', count(*), 1 FROM mode_change;
INSERT OR REPLACE INTO setting(name, value) VALUES ('mode', 'observe');
SELECT 'mode, a setting in the place of the old one is a switch', group_concat(mode), 'enforce,observe' FROM (SELECT mode FROM mode_change ORDER BY seq);
INSERT INTO setting(name, value) VALUES ('mode', 'enforce') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
SELECT 'mode, however it is written', group_concat(mode), 'enforce,observe,enforce' FROM (SELECT mode FROM mode_change ORDER BY seq);
INSERT INTO mode_change(policy, mode, at, moderator, reason) VALUES ('ladder', 'observe', 1000, 'ann', 'too harsh');
SELECT 'mode, one policy''s', mode || ', ' || why || ', ' || since_utc, 'observe, set for ladder by ann: too harsh, 1970-01-01 00:16:40' FROM policy_mode;
INSERT INTO mode_change(policy, mode, at) VALUES ('ladder@2', 'enforce', 1001);
SELECT 'mode, another version''s is not this one''s', mode, 'observe' FROM policy_mode;
INSERT INTO mode_change(policy, mode, at) VALUES ('ladder@1', 'enforce', 1002);
SELECT 'mode, this version''s', mode, 'enforce' FROM policy_mode;
INSERT INTO mode_change(policy, mode, at) VALUES ('ladder', 'observe', 1003);
SELECT 'mode, the newest of version and policy', mode, 'observe' FROM policy_mode;
INSERT INTO mode_change(mode, at) VALUES ('observe', 1004), ('enforce', 1005);
SELECT 'mode, the community''s enforce does not undo the policy''s observe', mode || ', ' || why, 'observe, set for ladder' FROM policy_mode;
INSERT INTO mode_change(policy, mode, at) VALUES ('ladder', 'enforce', 1006);
SELECT 'mode, which its own does', mode, 'enforce' FROM policy_mode;
UPDATE setting SET value = 'observe' WHERE name = 'mode';
SELECT 'mode, the community''s observe stops all, whatever was said before', mode || ', ' || why, 'observe, set for the community: setting mode' FROM policy_mode;
INSERT INTO mode_change(policy, mode, at) VALUES ('ladder@1', 'enforce', 1006);
SELECT 'mode, up to a person''s newer word', mode || ', ' || why, 'enforce, set for ladder@1' FROM policy_mode;
UPDATE setting SET value = 'observe' WHERE name = 'mode';
SELECT 'mode, and the same setting again stops again', mode || ', ' || why, 'observe, set for the community: setting mode' FROM policy_mode;
UPDATE setting SET value = 'enforce' WHERE name = 'mode';
SELECT 'mode, whose end is the end of it', mode || ', ' || why, 'enforce, set for the community: setting mode' FROM policy_mode;
INSERT INTO mode_change(policy, mode, cause, reason, at) VALUES ('ladder@1', 'observe', 'brake', 'it sanctioned 3 of 9', 1007);
SELECT 'mode, the brake''s', mode || ', ' || why, 'observe, the brake: it sanctioned 3 of 9' FROM policy_mode;
UPDATE policy SET active = 1 WHERE name = 'ladder' AND version = 2;
SELECT 'mode, holds one version alone', policy || ' ' || mode, 'ladder@2 enforce' FROM policy_mode;
UPDATE policy SET active = 1 WHERE name = 'ladder' AND version = 1;
INSERT INTO mode_change(policy, mode, at, moderator) VALUES ('ladder', 'enforce', 1008, 'ann');
SELECT 'mode, a person ends it', mode || ', ' || why, 'enforce, set for ladder by ann' FROM policy_mode;
INSERT INTO mode_change(policy, mode, cause, reason, at) VALUES ('ladder@1', 'observe', 'brake', 'it sanctioned 4 of 9', 1009);
SELECT 'mode, the brake''s, of a policy that was named', mode || ', ' || why, 'observe, the brake: it sanctioned 4 of 9' FROM policy_mode;
UPDATE setting SET value = 'enforce' WHERE name = 'mode';
SELECT 'mode, and the setting, said again, ends that too', mode || ', ' || why, 'enforce, set for the community: setting mode' FROM policy_mode;

-- error mode, of two words: CHECK constraint failed: mode IN ('observe', 'enforce')
INSERT INTO mode_change(mode) VALUES ('pause');
-- error mode, for two causes: CHECK constraint failed: cause IN ('hand', 'brake')
INSERT INTO mode_change(mode, cause) VALUES ('observe', 'moon');
-- error mode, the brake holds no policy in all its versions: CHECK constraint failed: the brake makes one version observe, with a reason
INSERT INTO mode_change(policy, mode, cause, reason) VALUES ('ladder', 'observe', 'brake', 'test');
-- error mode, nor lets one go: CHECK constraint failed: the brake makes one version observe, with a reason
INSERT INTO mode_change(policy, mode, cause, reason) VALUES ('ladder@1', 'enforce', 'brake', 'test');
-- error mode, nor without a reason: CHECK constraint failed: the brake makes one version observe, with a reason
INSERT INTO mode_change(policy, mode, cause, reason) VALUES ('ladder@1', 'observe', 'brake', ' ');
-- error mode, of a policy that is there: there is no such policy, nor version of one
INSERT INTO mode_change(policy, mode) VALUES ('laddder', 'observe');
-- error mode, and of a version that is: there is no such policy, nor version of one
INSERT INTO mode_change(policy, mode) VALUES ('ladder@3', 'observe');
-- error mode, seq is given: mode_change.seq is given by the database: leave it out
INSERT INTO mode_change(seq, mode) VALUES (99, 'observe');
-- error mode, switches do not change: switches of the mode do not change: add another row instead
UPDATE mode_change SET mode = 'observe';
-- error mode, and are kept: switches of the mode are kept: add another row instead
DELETE FROM mode_change;
-- error mode, and not replaced: switches of the mode are kept: one cannot be replaced
REPLACE INTO mode_change(id, mode) VALUES (1, 'observe');
-- error mode, none of number -1: CHECK constraint failed: id > 0
INSERT INTO mode_change(id, mode) VALUES (-1, 'observe');
-- error mode, at a time: CHECK constraint failed: abs(at) < 1e12
INSERT INTO mode_change(mode, at) VALUES ('observe', 9e999);
SELECT 'mode, refusals use up no place', (SELECT seq FROM next_seq) = 1 + count(*) AND max(seq) = count(*), 1 FROM mode_change;
