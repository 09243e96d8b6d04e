-- The params of policies as settings: which names and values are taken, and that they can be taken back.
-- community
-- plan 19

SELECT 'params of a version are kept as JSON', params, '{"mute":0.7,"spike_mute":0.8,"spike_warn":0.6,"warn":0.5,"warned_discount":0.05}'
  FROM policy WHERE name = 'ladder' AND version = 1;
INSERT INTO setting VALUES ('ladder.warn', 0.6);
SELECT 'a param can be set', value, 0.6 FROM setting WHERE name = 'ladder.warn';
UPDATE setting SET value = -1e300 WHERE name = 'ladder.warn';
SELECT 'to any finite number', value, -1e300 FROM setting WHERE name = 'ladder.warn';
UPDATE setting SET value = 1 WHERE name = 'ladder.warn';
SELECT 'also a whole one', typeof(value), 'integer' FROM setting WHERE name = 'ladder.warn';
-- error a param is not infinite: CHECK constraint failed: a policy's param must be a finite number
UPDATE setting SET value = 9e999 WHERE name = 'ladder.warn';
-- error nor infinite below zero: CHECK constraint failed: a policy's param must be a finite number
UPDATE setting SET value = -9e999 WHERE name = 'ladder.warn';
-- error nor a text: CHECK constraint failed: a policy's param must be a finite number
UPDATE setting SET value = '0.6' WHERE name = 'ladder.warn';
-- error nor a BLOB: CHECK constraint failed: a policy's param must be a finite number
UPDATE setting SET value = x'31' WHERE name = 'ladder.warn';
-- error nor NULL: NOT NULL constraint failed: setting.value
UPDATE setting SET value = NULL WHERE name = 'ladder.warn';
-- error a policy that is not there has no params: no policy has that param: SELECT name, params FROM policy_version tells which there are
INSERT INTO setting VALUES ('laddr.warn', 0.6);
-- error a param that the policy does not have cannot be set: no policy has that param: SELECT name, params FROM policy_version tells which there are
INSERT INTO setting VALUES ('ladder.wran', 0.6);
-- error not even in another case: no policy has that param: SELECT name, params FROM policy_version tells which there are
INSERT INTO setting VALUES ('ladder.Warn', 0.6);
-- error a setting does not become a param: a setting keeps its name: update its value instead
UPDATE setting SET name = 'ladder.mute' WHERE name = 'window_size';
INSERT INTO setting VALUES ('ladder.mute', 0.9) ON CONFLICT DO UPDATE SET value = 0.8;
INSERT INTO setting VALUES ('ladder.mute', 0.9) ON CONFLICT DO UPDATE SET value = 0.8;
SELECT 'a param can be set again', value, 0.8 FROM setting WHERE name = 'ladder.mute';
SELECT 'the trace of a decision names what is set', trace, '{"params":{"mute":0.8,"warn":1}}' FROM escalation(1, 1700000000, 0);
DELETE FROM setting WHERE name = 'ladder.warn';
SELECT 'a param is taken back by deleting its setting', count(*), 0 FROM setting WHERE name = 'ladder.warn';
SELECT 'and is the script''s again', trace, '{"params":{"mute":0.8}}' FROM escalation(1, 1700000000, 0);
-- error others cannot be deleted: a setting cannot be deleted: update its value instead
DELETE FROM setting WHERE name = 'window_size';
INSERT INTO policy(source) VALUES ('return policy { id = "ladder", params = { more = 1 }, needs = {}, decide = function() end,
  tests = { { "t", {}, {} } } }');
INSERT INTO setting VALUES ('ladder.more', 2);
SELECT 'a param of a version that is not live can be set', value, 2 FROM setting WHERE name = 'ladder.more';
