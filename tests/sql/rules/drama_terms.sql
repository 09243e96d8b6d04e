-- drama_terms(json [, now [, warned_at [, window_size [, window_s [, boost]]]]]).
-- plan 89

-- Three entries, the second boosted; and an array of twelve, the oldest of toxicity 1.
CREATE TABLE three(json);
INSERT INTO three VALUES ('[{"toxicity": 0.25, "at": 1000, "id": "a"}, {"toxicity": 0.5, "at": 1010, "id": "b"}, {"toxicity": 0, "at": 1020}]');
CREATE TABLE twelve AS WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row WHERE nr < 12)
  SELECT json_group_array(json_object('toxicity', iif(nr = 1, 1, 0), 'at', nr, 'id', nr)) AS json FROM row;

SELECT 'drama_terms has a row for each kept entry', count(*), 3 FROM three, drama_terms(three.json) UNION ALL
SELECT 'drama_terms, rank 1 is the oldest', id, 'a' FROM three, drama_terms(three.json) WHERE rank = 1 UNION ALL
SELECT 'drama_terms, rank 2 is the next', id, 'b' FROM three, drama_terms(three.json) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, an entry without id has id NULL', id, NULL FROM three, drama_terms(three.json) WHERE rank = 3 UNION ALL
SELECT 'drama_terms, weight is the rank', sum(weight = rank), 3 FROM three, drama_terms(three.json) UNION ALL
SELECT 'drama_terms, toxicity is the entry''s', toxicity, 0.5 FROM three, drama_terms(three.json) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, at is the entry''s', at, 1010 FROM three, drama_terms(three.json) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, contribution is weight * toxicity / sum of weights', contribution, 2 * 0.5 / 6 FROM three, drama_terms(three.json) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, nobody warned, nothing boosted', sum(boosted), 0 FROM three, drama_terms(three.json) UNION ALL
SELECT 'drama_terms, at > warned_at and toxicity >= 0.5 is boosted', boosted, 1 FROM three, drama_terms(three.json, NULL, 1009) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, a boosted one contributes 0.04 more', contribution, 2 * 0.5 / 6 + 0.04 FROM three, drama_terms(three.json, NULL, 1009) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, at = warned_at is not boosted', boosted, 0 FROM three, drama_terms(three.json, NULL, 1010) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, toxicity < 0.5 is not boosted', boosted, 0 FROM three, drama_terms(three.json, NULL, 0) WHERE rank = 1 UNION ALL
SELECT 'drama_terms, boost given', contribution, 2 * 0.5 / 6 + 0.25 FROM three, drama_terms(three.json, NULL, 1009, 10, 900, 0.25) WHERE rank = 2 UNION ALL
SELECT 'drama_terms, at = now is kept', count(*), 2 FROM three, drama_terms(three.json, 1010) UNION ALL
SELECT 'drama_terms, at > now is not kept', count(*), 1 FROM three, drama_terms(three.json, 1009.999) UNION ALL
SELECT 'drama_terms, at = now - 900 is not kept', count(*), 2 FROM three, drama_terms(three.json, 1900) UNION ALL
SELECT 'drama_terms, at > now - 900 is kept', count(*), 3 FROM three, drama_terms(three.json, 1899.999) UNION ALL
SELECT 'drama_terms, window_s given', count(*), 1 FROM three, drama_terms(three.json, NULL, NULL, 10, 10) UNION ALL
SELECT 'drama_terms, weights begin at 1 behind what is too old', contribution, 1 * 0.5 / 3 FROM three, drama_terms(three.json, 1900) WHERE rank = 1 UNION ALL
SELECT 'drama_terms, now left out is the newest at', count(*), 1 FROM drama_terms('[{"toxicity": 0, "at": 0}, {"toxicity": 0, "at": 900}]') UNION ALL
SELECT 'drama_terms keeps the newest ten', group_concat(id), '3,4,5,6,7,8,9,10,11,12' FROM twelve, drama_terms(twelve.json) UNION ALL
SELECT 'drama_terms, window_size given', group_concat(id), '11,12' FROM twelve, drama_terms(twelve.json, NULL, NULL, 2) UNION ALL
SELECT 'drama_terms, window_size may be a REAL without a fraction', count(*), 2 FROM twelve, drama_terms(twelve.json, NULL, NULL, 2.0) UNION ALL
SELECT 'drama_terms, ties go by the order in the array', group_concat(id), 'b,a' FROM drama_terms('[{"toxicity":0,"at":5,"id":"b"},{"toxicity":0,"at":5,"id":"a"}]') UNION ALL
SELECT 'drama_terms, no toxicity is no entry', count(*), 0 FROM drama_terms('[{"at": 1}]') UNION ALL
SELECT 'drama_terms, toxicity null is no entry', count(*), 0 FROM drama_terms('[{"toxicity": null, "at": 1}]') UNION ALL
SELECT 'drama_terms, an empty array has no entry', count(*), 0 FROM drama_terms('[]') UNION ALL
SELECT 'drama_terms, json NULL has no entry', count(*), 0 FROM drama_terms(NULL) UNION ALL
SELECT 'drama_terms, an id of 64 bits stays whole', id, 9223372036854775807 FROM drama_terms('[{"toxicity":0,"at":5,"id":9223372036854775807}]') UNION ALL
SELECT 'drama_terms, an id may be text', id, 'é"]' FROM drama_terms('[{"toxicity":0,"at":5,"id":"\u00e9\"]"}]') UNION ALL
SELECT 'drama_terms adds up to the score', abs(total(contribution) - (SELECT drama_score(column1, column2) FROM (VALUES (0.25, 1000), (0.5, 1010), (0, 1020)))) < 1e-15, 1
  FROM three, drama_terms(three.json) UNION ALL
SELECT 'drama_terms adds up to the score of a warned member', abs(total(contribution) - (SELECT drama_score(column1, column2, NULL, 1009) FROM (VALUES (0.25, 1000), (0.5, 1010), (0, 1020)))) < 1e-15, 1
  FROM three, drama_terms(three.json, NULL, 1009) UNION ALL
SELECT 'drama_terms adds up to 1 when the score is capped', abs(total(contribution) - 1.0) < 1e-15, 1
  FROM drama_terms('[{"toxicity": 1, "at": 1}, {"toxicity": 1, "at": 2}]', 2, 0) UNION ALL
SELECT 'drama_terms of a capped score are in proportion', contribution, (1 * 1.0 / 3 + 0.5) / 2
  FROM drama_terms('[{"toxicity": 1, "at": 1}, {"toxicity": 1, "at": 2}]', 2, 0, 10, 900, 0.5) WHERE rank = 1 UNION ALL
SELECT 'drama_terms adds up to 1 with a boost beyond all numbers', abs(total(contribution) - 1.0) < 1e-15, 1
  FROM drama_terms('[{"toxicity": 1, "at": 1}, {"toxicity": 1, "at": 2}]', 2, 0, 10, 900, 1.7e308) UNION ALL
SELECT 'drama_terms, arguments may be equalities', count(*), 2 FROM twelve, drama_terms WHERE drama_terms.json = twelve.json AND window_size = 2;

-- error drama_terms without json: drama_terms: json must be given
SELECT * FROM drama_terms;
-- error drama_terms with now, but without json: drama_terms: json must be given
SELECT * FROM drama_terms WHERE now = 5;
-- error drama_terms refuses an entry without at: drama_terms: json[0].at must be a number of seconds, not NULL
SELECT * FROM drama_terms('[{"toxicity": 1}]');
-- error drama_terms names the place of the entry: drama_terms: json[2].toxicity must be between 0 and 1, not 1.7
SELECT * FROM drama_terms('[{}, {"toxicity": 1, "at": 1}, {"toxicity": 1.7, "at": 1}]');
-- error drama_terms refuses json that is text that is no JSON: drama_terms: json must be a JSON array of {toxicity, at, id}, not 'x'
SELECT count(*) FROM drama_terms('x');
-- error drama_terms refuses json that is a BLOB: drama_terms: json must be a JSON array of {toxicity, at, id}, not a BLOB of length 1
SELECT count(*) FROM drama_terms(x'00');
-- error drama_terms refuses json that is a number: drama_terms: json must be a JSON array of {toxicity, at, id}, not 5
SELECT count(*) FROM drama_terms(5);
-- error drama_terms refuses json that is an object: drama_terms: json must be a JSON array of {toxicity, at, id}, not '{"toxicity": 1, "at": 1}'
SELECT count(*) FROM drama_terms('{"toxicity": 1, "at": 1}');
-- error drama_terms refuses json that is JSON5: drama_terms: json must be a JSON array of {toxicity, at, id}, not '[{toxicity: 1, at: 1}]'
SELECT count(*) FROM drama_terms('[{toxicity: 1, at: 1}]');
-- error drama_terms refuses json that is cut off: drama_terms: json must be a JSON array of {toxicity, at, id}, not '[{}'
SELECT count(*) FROM drama_terms('[{}');
-- error drama_terms refuses json[1] that is a number: drama_terms: json[1] must be an object with toxicity and at, not '0.5'
SELECT count(*) FROM drama_terms('[{}, 0.5]');
-- error drama_terms refuses json[1] that is an array: drama_terms: json[1] must be an object with toxicity and at, not '[1]'
SELECT count(*) FROM drama_terms('[{}, [1]]');
-- error drama_terms refuses json[1] that is a JSON null: drama_terms: json[1] must be an object with toxicity and at, not 'null'
SELECT count(*) FROM drama_terms('[{}, null]');
-- error drama_terms refuses json[0].toxicity that is text: drama_terms: json[0].toxicity must be between 0 and 1, not 'x'
SELECT count(*) FROM drama_terms('[{"toxicity": "x", "at": 1}]');
-- error drama_terms refuses json[0].toxicity that is true: drama_terms: json[0].toxicity must be between 0 and 1, not 'true'
SELECT count(*) FROM drama_terms('[{"toxicity": true, "at": 1}]');
-- error drama_terms refuses json[0].toxicity that is an array: drama_terms: json[0].toxicity must be between 0 and 1, not '[1]'
SELECT count(*) FROM drama_terms('[{"toxicity": [1], "at": 1}]');
-- error drama_terms refuses json[0].toxicity of infinity: drama_terms: json[0].toxicity must be between 0 and 1, not Inf
SELECT count(*) FROM drama_terms('[{"toxicity": 9e999, "at": 1}]');
-- error drama_terms refuses json[0].toxicity below its range (-0.001): drama_terms: json[0].toxicity must be between 0 and 1, not -0.001
SELECT count(*) FROM drama_terms('[{"toxicity": -0.001, "at": 1}]');
-- error drama_terms refuses json[0].toxicity above its range (1.001): drama_terms: json[0].toxicity must be between 0 and 1, not 1.001
SELECT count(*) FROM drama_terms('[{"toxicity": 1.001, "at": 1}]');
-- error drama_terms refuses json[0].at that is text: drama_terms: json[0].at must be a number of seconds, not 'x'
SELECT count(*) FROM drama_terms('[{"toxicity": 1, "at": "x"}]');
-- error drama_terms refuses json[0].at that is false: drama_terms: json[0].at must be a number of seconds, not 'false'
SELECT count(*) FROM drama_terms('[{"toxicity": 1, "at": false}]');
-- error drama_terms refuses json[0].at of NULL: drama_terms: json[0].at must be a number of seconds, not NULL
SELECT count(*) FROM drama_terms('[{"toxicity": 1, "at": null}]');
-- error drama_terms refuses json[0].at of infinity: drama_terms: json[0].at must be a number of seconds, not Inf
SELECT count(*) FROM drama_terms('[{"toxicity": 1, "at": 9e999}]');
-- error drama_terms refuses json[0].at of minus infinity: drama_terms: json[0].at must be a number of seconds, not -Inf
SELECT count(*) FROM drama_terms('[{"toxicity": 1, "at": -9e999}]');
-- error drama_terms refuses now that is text: drama_terms: now must be a number of seconds, not 'x'
SELECT count(*) FROM drama_terms('[]', 'x');
-- error drama_terms refuses now that is a BLOB: drama_terms: now must be a number of seconds, not a BLOB of length 1
SELECT count(*) FROM drama_terms('[]', x'00');
-- error drama_terms refuses now of infinity: drama_terms: now must be a number of seconds, not Inf
SELECT count(*) FROM drama_terms('[]', 9e999);
-- error drama_terms refuses now of minus infinity: drama_terms: now must be a number of seconds, not -Inf
SELECT count(*) FROM drama_terms('[]', -9e999);
-- error drama_terms refuses warned_at that is text: drama_terms: warned_at must be a number of seconds, not 'x'
SELECT count(*) FROM drama_terms('[]', 1, 'x');
-- error drama_terms refuses warned_at that is a BLOB: drama_terms: warned_at must be a number of seconds, not a BLOB of length 1
SELECT count(*) FROM drama_terms('[]', 1, x'00');
-- error drama_terms refuses warned_at of infinity: drama_terms: warned_at must be a number of seconds, not Inf
SELECT count(*) FROM drama_terms('[]', 1, 9e999);
-- error drama_terms refuses warned_at of minus infinity: drama_terms: warned_at must be a number of seconds, not -Inf
SELECT count(*) FROM drama_terms('[]', 1, -9e999);
-- error drama_terms refuses window_size that is text: drama_terms: window_size must be an integer between 1 and 1000, not 'x'
SELECT count(*) FROM drama_terms('[]', 1, 1, 'x');
-- error drama_terms refuses window_size that is a BLOB: drama_terms: window_size must be an integer between 1 and 1000, not a BLOB of length 1
SELECT count(*) FROM drama_terms('[]', 1, 1, x'00');
-- error drama_terms refuses window_size of infinity: drama_terms: window_size must be an integer between 1 and 1000, not Inf
SELECT count(*) FROM drama_terms('[]', 1, 1, 9e999);
-- error drama_terms refuses window_size of minus infinity: drama_terms: window_size must be an integer between 1 and 1000, not -Inf
SELECT count(*) FROM drama_terms('[]', 1, 1, -9e999);
-- error drama_terms refuses window_size of NULL: drama_terms: window_size must be an integer between 1 and 1000, not NULL
SELECT count(*) FROM drama_terms('[]', 1, 1, NULL);
-- error drama_terms refuses window_size below its range (0): drama_terms: window_size must be an integer between 1 and 1000, not 0
SELECT count(*) FROM drama_terms('[]', 1, 1, 0);
-- error drama_terms refuses window_size above its range (1001): drama_terms: window_size must be an integer between 1 and 1000, not 1001
SELECT count(*) FROM drama_terms('[]', 1, 1, 1001);
-- error drama_terms refuses window_size with a fraction: drama_terms: window_size must be an integer between 1 and 1000, not 9.5
SELECT count(*) FROM drama_terms('[]', 1, 1, 9.5);
-- error drama_terms refuses window_s that is text: drama_terms: window_s must be a number of seconds above 0, not 'x'
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 'x');
-- error drama_terms refuses window_s that is a BLOB: drama_terms: window_s must be a number of seconds above 0, not a BLOB of length 1
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, x'00');
-- error drama_terms refuses window_s of infinity: drama_terms: window_s must be a number of seconds above 0, not Inf
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 9e999);
-- error drama_terms refuses window_s of minus infinity: drama_terms: window_s must be a number of seconds above 0, not -Inf
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, -9e999);
-- error drama_terms refuses window_s of NULL: drama_terms: window_s must be a number of seconds above 0, not NULL
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, NULL);
-- error drama_terms refuses window_s below its range (0): drama_terms: window_s must be a number of seconds above 0, not 0
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 0);
-- error drama_terms refuses boost that is text: drama_terms: boost must be a number that is 0 or more, not 'x'
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 900, 'x');
-- error drama_terms refuses boost that is a BLOB: drama_terms: boost must be a number that is 0 or more, not a BLOB of length 1
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 900, x'00');
-- error drama_terms refuses boost of infinity: drama_terms: boost must be a number that is 0 or more, not Inf
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 900, 9e999);
-- error drama_terms refuses boost of minus infinity: drama_terms: boost must be a number that is 0 or more, not -Inf
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 900, -9e999);
-- error drama_terms refuses boost of NULL: drama_terms: boost must be a number that is 0 or more, not NULL
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 900, NULL);
-- error drama_terms refuses boost below its range (-0.001): drama_terms: boost must be a number that is 0 or more, not -0.001
SELECT count(*) FROM drama_terms('[]', 1, 1, 10, 900, -0.001);
