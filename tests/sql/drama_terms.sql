-- drama_terms(json [, now [, warned_at [, window_size [, window_s [, boost]]]]]): what a drama_score is made of.

-- The worked example: weights 1, 2, 3 of 6, the newest entry with the boost of 0.04.
SELECT rank, weight, toxicity, at, id, round(contribution, 3), boosted
  FROM drama_terms('[{"toxicity": 0.2, "at": 1000, "id": 31}, {"toxicity": 0.4, "at": 1010, "id": 32},
                     {"toxicity": 0.9, "at": 1020, "id": 33}]', 1020, 1015);

-- Over random messages, with random arguments, the terms add up to the score.
CREATE TABLE trace(id INTEGER PRIMARY KEY, now, warned_at, window_size, window_s, boost);
WITH RECURSIVE row(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM row WHERE id < 300)
INSERT INTO trace SELECT id, CAST(500 + 700 * dice('now', id) AS INTEGER),
  iif(dice('warned', id) < 0.3, NULL, CAST(1000 * dice('warned_at', id) AS INTEGER)),
  1 + CAST(40 * dice('size', id) AS INTEGER), 1000 * dice('window', id) + 1, dice('boost', id) / 4 FROM row;
CREATE TABLE message(trace, toxicity, at);
WITH RECURSIVE row(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM row WHERE id < 50)
INSERT INTO message SELECT trace.id, iif(dice('null', trace.id, row.id) < 0.1, NULL, dice('toxicity', trace.id, row.id)),
  CAST(1000 * dice('at', trace.id, row.id) AS INTEGER) FROM trace, row;
CREATE TABLE score AS SELECT trace.*, drama_score(toxicity, at, now, warned_at, window_size, window_s, boost) AS score,
  json_group_array(json_object('toxicity', toxicity, 'at', at)) AS json
  FROM message JOIN trace ON trace.id = trace GROUP BY trace.id;
SELECT count(*), sum(score = 0), sum(score = 1), max(abs(score - sum)) < 1e-14
  FROM (SELECT score, (SELECT total(contribution)
                         FROM drama_terms(score.json, score.now, score.warned_at, score.window_size, score.window_s, score.boost)) AS sum
          FROM score);

-- Ties go by the order in the array, whatever the order of time there is.
SELECT group_concat(id) FROM drama_terms('[{"toxicity":0,"at":5,"id":"b"},{"toxicity":0,"at":4,"id":"a"},{"toxicity":0,"at":5,"id":"c"}]');

-- A score above 1 is capped, its terms are in proportion: here (1/3 + 0.5) / 2 and (2/3 + 0.5) / 2.
SELECT round(contribution, 4), boosted
  FROM drama_terms('[{"toxicity":1,"at":10},{"toxicity":1,"at":11}]', NULL, 0, 10, 900, 0.5);
SELECT sum(contribution) FROM drama_terms('[{"toxicity":1,"at":10},{"toxicity":1,"at":11}]', NULL, 0, 10, 900, 1.7e308);

-- id may be anything, or nothing; it comes out as it went in.
SELECT typeof(id), id FROM drama_terms('[{"toxicity":0,"at":1}, {"toxicity":0,"at":2,"id":null},
  {"toxicity":0,"at":3,"id":9223372036854775807}, {"toxicity":0,"at":4,"id":0.5}, {"toxicity":0,"at":5,"id":"a\"],[{ö"},
  {"toxicity":0,"at":6,"id":[1,{"]":2}]}, {"toxicity":0,"at":7,"id":true}]');
-- at is a number, whole or not; what else an entry has does not matter.
SELECT at, typeof(at), toxicity FROM drama_terms(' [ {"at": 10.0, "toxicity": 0 } ,{"text": "[\\", "at":-0.5,"toxicity":"0.25"}
  ] ', NULL);

-- No entry: an empty array, no toxicity, NULL instead of JSON.
SELECT count(*) FROM drama_terms('[]');
SELECT count(*) FROM drama_terms('[{"at":1},{"toxicity":null,"at":"x"},{}]');
SELECT count(*) FROM drama_terms(NULL);

-- Arguments may come from a table on the left, from an IN or an OR; and are columns.
SELECT column1, id, now FROM (VALUES (3), (1)) JOIN drama_terms('[{"toxicity":0,"at":1,"id":"a"},{"toxicity":0,"at":2,"id":"b"}]', column1);
SELECT id, now FROM drama_terms('[{"toxicity":0,"at":1,"id":"a"},{"toxicity":0,"at":2,"id":"b"}]') WHERE now IN (1, 2) ORDER BY 2, 1;
SELECT id, now FROM drama_terms('[{"toxicity":0,"at":1,"id":"a"},{"toxicity":0,"at":2,"id":"b"}]') WHERE now = 1 OR now = 2 ORDER BY 2, 1;
SELECT count(*) FROM drama_terms WHERE window_size = 1 AND json = '[{"toxicity":0,"at":1},{"toxicity":0,"at":2}]';
SELECT count(*) FROM drama_terms('[{"toxicity":0,"at":1}]', 1) WHERE now = 2;
SELECT column1, id FROM (VALUES (1), (NULL)) LEFT JOIN drama_terms(iif(column1, '[{"toxicity":0,"at":1,"id":"a"}]', '[]'), column1);
-- Two at a time.
SELECT a.id, b.id FROM drama_terms('[{"toxicity":0,"at":1,"id":"a"},{"toxicity":0,"at":2,"id":"b"}]') AS a
  JOIN drama_terms('[{"toxicity":0,"at":1,"id":"c"},{"toxicity":0,"at":2,"id":"d"}]') AS b;

-- A name in the schema is not what reads the JSON.
CREATE TABLE json_each(key, value, type, atom, id, parent, fullkey, path, json, root);
CREATE VIEW term AS SELECT id FROM drama_terms('[{"toxicity":0,"at":1,"id":"a"}]');
SELECT * FROM term;
-- Nothing is left open: these would fail.
VACUUM;
DROP TABLE json_each;

-- json must be given, and must be an array of objects.
SELECT * FROM drama_terms;
SELECT * FROM drama_terms WHERE now = 5;
SELECT * FROM drama_terms('[{"toxicity":0,"at":1}');
SELECT * FROM drama_terms('{"toxicity":0,"at":1}');
SELECT * FROM drama_terms('null');
SELECT * FROM drama_terms(5);
SELECT * FROM drama_terms(x'5B5D');
SELECT * FROM drama_terms('[]' || char(0));
SELECT * FROM drama_terms('[{}, 0.5]');
SELECT * FROM drama_terms('[{}, {}, null]');
SELECT * FROM drama_terms('[[0.5, 10]]');
-- The entry that is wrong is named.
SELECT * FROM drama_terms('[{}, {"toxicity":1,"at":1}, {"toxicity":1.7,"at":1}]');
SELECT * FROM drama_terms('[{"toxicity":-0.1,"at":1}]');
SELECT * FROM drama_terms('[{"toxicity":"high","at":1}]');
SELECT * FROM drama_terms('[{"toxicity":true,"at":1}]');
SELECT * FROM drama_terms('[{"toxicity":[1],"at":1}]');
SELECT * FROM drama_terms('[{"toxicity":9e999,"at":1}]');
SELECT * FROM drama_terms('[{"toxicity":1}]');
SELECT * FROM drama_terms('[{"toxicity":1,"at":null}]');
SELECT * FROM drama_terms('[{"toxicity":1,"at":"now"}]');
SELECT * FROM drama_terms('[{"toxicity":1,"at":false}]');
SELECT * FROM drama_terms('[{"toxicity":1,"at":-9e999}]');
-- The other arguments are refused as those of drama_score are.
SELECT * FROM drama_terms('[]', 'now');
SELECT * FROM drama_terms('[]', NULL, 'then');
SELECT * FROM drama_terms('[]', NULL, NULL, 0);
SELECT * FROM drama_terms('[]', NULL, NULL, 1001);
SELECT * FROM drama_terms('[]', NULL, NULL, 2.5);
SELECT * FROM drama_terms('[]', NULL, NULL, NULL);
SELECT * FROM drama_terms('[]', NULL, NULL, 10, 0);
SELECT * FROM drama_terms('[]', NULL, NULL, 10, 900, -0.01);
INSERT INTO drama_terms(json) VALUES ('[]');
CREATE VIRTUAL TABLE mine USING drama_terms;
