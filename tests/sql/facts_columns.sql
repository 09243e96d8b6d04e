-- A facts table computes the columns that are asked for. A column that cannot be computed tells: json('x')
-- and abs() of the lowest integer are errors.

CREATE TABLE member(id INTEGER PRIMARY KEY, name, points);
INSERT INTO member VALUES (1, 'ada', 30), (2, 'bob', 10), (3, 'eve', 20);
CREATE TABLE note(member, text);
INSERT INTO note VALUES (1, '{"n":1}'), (2, 'x');

CREATE VIRTUAL TABLE facts_of USING facts('
  SELECT name, points AS "po""ints", json(''x'') AS bad, (
    SELECT json(text) FROM note WHERE note.member = id AND :depth > 0
  ) AS note, :unused AS gone
  FROM member WHERE id >= :member; -- to the end;');
SELECT name FROM facts_of(1, 0, 1);
SELECT "po""ints", name FROM facts_of(9, NULL, 2);
SELECT count(*) FROM facts_of(9, 0, 1);
SELECT 1 FROM facts_of(9, 0, 1);
SELECT EXISTS (SELECT 1 FROM facts_of(9, 0, 3)), EXISTS (SELECT 1 FROM facts_of(9, 0, 4));
-- The parameters are there, whether what they are for is computed or not.
SELECT depth, unused, member, gone FROM facts_of(9, 8, 3);
-- What is read in any place is computed.
SELECT note FROM facts_of(9, 0, 2);
SELECT note FROM facts_of(9, 0, 3);
SELECT note IS NULL FROM facts_of(0, 0, 1);
SELECT bad FROM facts_of(9, 0, 1);
SELECT * FROM facts_of(9, 0, 1);
SELECT name FROM facts_of(9, 0, 1) WHERE note IS NULL;
SELECT name FROM facts_of(9, 0, 3) ORDER BY note;
SELECT name FROM facts_of(9, 0, 1) ORDER BY note;
SELECT count(*) FROM facts_of(9, 0, 1) GROUP BY bad;
SELECT id FROM member JOIN facts_of(9, 0, 2) USING (name);
SELECT count(*) FROM member NATURAL JOIN facts_of(9, 0, 1);
SELECT name, sum("po""ints") OVER (ORDER BY name) FROM facts_of(9, 0, 1);
SELECT name FROM (SELECT name, bad FROM facts_of(9, 0, 1)) WHERE name > 'b';
SELECT typeof(bad) FROM facts_of(9, 0, 1) LIMIT 0;

-- Two of it in one statement, each with columns of its own, at once and in turns.
SELECT one.name, two.note FROM facts_of(9, 0, 1) AS one, facts_of(9, 0, 3) AS two;
SELECT one.name, two.note FROM facts_of(9, 0, 3) AS one, facts_of(9, 0, 2) AS two;
SELECT id, (SELECT name FROM facts_of(9, 0, id)), (SELECT count(note) FROM facts_of(0, 0, id)),
  (SELECT max("po""ints") FROM facts_of(9, 0, id)) FROM member;

-- More columns than a set has bits: those from the 64th on are computed together.
CREATE VIRTUAL TABLE wide USING facts('SELECT 1 AS c1, 2 AS c2, 3 AS c3, 4 AS c4, 5 AS c5, 6 AS c6, 7 AS c7,
  8 AS c8, 9 AS c9, 10 AS c10, 11 AS c11, 12 AS c12, 13 AS c13, 14 AS c14, 15 AS c15, 16 AS c16, 17 AS c17,
  18 AS c18, 19 AS c19, 20 AS c20, 21 AS c21, 22 AS c22, 23 AS c23, 24 AS c24, 25 AS c25, 26 AS c26, 27 AS c27,
  28 AS c28, 29 AS c29, 30 AS c30, 31 AS c31, 32 AS c32, 33 AS c33, 34 AS c34, 35 AS c35, 36 AS c36, 37 AS c37,
  38 AS c38, 39 AS c39, 40 AS c40, 41 AS c41, 42 AS c42, 43 AS c43, 44 AS c44, 45 AS c45, 46 AS c46, 47 AS c47,
  48 AS c48, 49 AS c49, 50 AS c50, 51 AS c51, 52 AS c52, 53 AS c53, 54 AS c54, 55 AS c55, 56 AS c56, 57 AS c57,
  58 AS c58, 59 AS c59, 60 AS c60, 61 AS c61, 62 AS c62, 63 AS c63, 64 AS c64, abs(shift - 9223372036854775807) AS c65,
  66 AS c66 FROM (SELECT -1 AS shift UNION ALL SELECT 0)');
SELECT c1, c32, c33, c62, c63 FROM wide;
SELECT c1, c64, c66 FROM wide LIMIT 1 OFFSET 1;
SELECT c65 FROM wide LIMIT 1 OFFSET 1;
CREATE TEMP TABLE numbers AS WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3) SELECT n FROM n;
CREATE VIRTUAL TABLE temp.wide_and_right USING facts('SELECT 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,
  25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,
  n + 62, n + 63, n + 64, n + 65 AS "66th" FROM numbers WHERE n >= :least');
SELECT "1", "62", "n + 62", "n + 63", "n + 64", "66th", least FROM wide_and_right(2);

-- The same rows in the same order, whichever columns are read: here an index would give other names first.
CREATE INDEX member_name ON member (name DESC);
CREATE VIRTUAL TABLE first_two USING facts('SELECT id, name, points FROM member LIMIT :most');
SELECT name FROM first_two(2);
SELECT name, id FROM first_two(2);
SELECT group_concat(points) FROM first_two(2);
SELECT count(*) FROM first_two(2);
DROP INDEX member_name;

-- Any SELECT, read in part and whole.
CREATE VIRTUAL TABLE sorted USING facts('SELECT id, name FROM member ORDER BY points DESC, 2 LIMIT 2 OFFSET :skip');
SELECT name FROM sorted(1);
SELECT * FROM sorted(0);
CREATE VIRTUAL TABLE shuffled USING facts('SELECT name, random() AS r FROM member, note ORDER /* by */ BY r');
SELECT count(*), sum(r < before), count(name) FROM (SELECT name, r, lag(r) OVER () AS before FROM shuffled);
CREATE VIRTUAL TABLE grouped USING facts('SELECT points > 15 AS high, count(*) AS many, max(name) FROM member GROUP BY 1');
SELECT many FROM grouped;
SELECT * FROM grouped;
CREATE VIRTUAL TABLE summed USING facts('SELECT sum(points) AS all_points, count(*) AS many FROM member WHERE id < :id');
SELECT many FROM summed(0);
SELECT all_points FROM summed(3);
CREATE VIRTUAL TABLE both USING facts('SELECT id, name FROM member UNION ALL SELECT id + 10, upper(name) FROM member');
SELECT count(*), sum(id) FROM both;
SELECT name FROM both;
CREATE VIRTUAL TABLE once USING facts('SELECT points > 15 AS high, 1 AS one FROM member UNION SELECT 1, 1 ORDER BY 1 DESC');
SELECT one FROM once;
SELECT high FROM once;
CREATE VIRTUAL TABLE different USING facts('SELECT DISTINCT points > 15 AS high, 1 AS one FROM member');
SELECT count(one) FROM different;
CREATE VIRTUAL TABLE listed USING facts('VALUES (1, :word), (2, ''two'')');
SELECT column2 FROM listed('one');
SELECT column1, column2 FROM listed('one');
CREATE VIRTUAL TABLE named USING facts('WITH facts1(c0, "order") AS (SELECT name, points FROM member)
  SELECT c0 AS "ORDER BY", (SELECT "order" FROM facts1 AS facts2 ORDER BY 1 LIMIT 1), TRUE, [order] AS `a "b" ''c'' [d`,
    ''ORDER (BY'', json(''x'') AS bad FROM facts1 /* and so on */ LIMIT 2;; -- and more');
SELECT "ORDER BY", "TRUE" FROM named;
SELECT "a ""b"" 'c' [d" FROM named;
SELECT bad FROM named;
SELECT "'ORDER (BY'" FROM named LIMIT 1;
CREATE VIRTUAL TABLE unclosed USING facts('SELECT name, points FROM member /* and so on');
SELECT points FROM unclosed;
CREATE TABLE facts1(c0);
INSERT INTO facts1 VALUES (7);
CREATE VIRTUAL TABLE from_facts1 USING facts('SELECT 0 AS n UNION ALL SELECT c0 FROM facts1 LIMIT 5');
SELECT group_concat(n) FROM from_facts1;
-- Columns named like a parameter, twice, are that parameter.
CREATE VIRTUAL TABLE twice USING facts('SELECT 1 AS a, 2 AS a, 3 AS "a:1", json(:a) AS bad FROM member');
SELECT a, "a:1" FROM twice('x') LIMIT 1;
-- A JSON value stays one.
CREATE VIRTUAL TABLE typed USING facts('SELECT json(''[1]'') AS list, ''[2]'' AS text, 1e0 AS real, x''00'' AS blob, NULL AS none');
SELECT json_array(list, text), typeof(real), typeof(blob), typeof(none) FROM typed;

-- A column of its tables changes its name, and back.
SELECT name FROM facts_of(9, 0, 3);
ALTER TABLE member RENAME COLUMN points TO score;
SELECT name FROM facts_of(9, 0, 3);
ALTER TABLE member RENAME COLUMN score TO points;
SELECT name FROM facts_of(9, 0, 3);
-- The columns of a * change places, then one is more.
CREATE VIRTUAL TABLE starred USING facts('SELECT * FROM note');
SELECT text FROM starred LIMIT 1;
DROP TABLE note;
CREATE TABLE note(text, member);
INSERT INTO note VALUES ('later', 3);
SELECT text FROM starred;
SELECT text FROM starred;
DROP TABLE note;
CREATE TABLE note(member, text, at);
INSERT INTO note VALUES (3, 'again', 1);
SELECT text FROM starred;
DROP TABLE note;
CREATE TABLE note(member, text);
INSERT INTO note VALUES (3, '"at last"');
SELECT text FROM starred;
DROP TABLE note;
CREATE TABLE note(member, text, at);
SELECT text FROM starred;
DROP TABLE note;
CREATE TABLE note(member, text);
INSERT INTO note VALUES (3, '"after all"');

-- A policy is given what it needs; what else is read of its table is computed for that.
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = { "name", "member" },
  decide = function(f) return { action = "note", reason = f.name .. f.member } end,
  tests = { { "t", { name = "x", member = 1 }, { action = "note" } } } }', 1);
CREATE VIRTUAL TABLE decided USING lua_policy(policy = p, facts = facts_of);
SELECT reason FROM decided(9, 0, 2);
SELECT reason, "po""ints", gone, member FROM decided(9, 0, 3);
SELECT reason, note FROM decided(9, 0, 3);
SELECT reason, bad FROM decided(9, 0, 3);
SELECT count(*) FROM decided(9, 0, 3) WHERE bad IS NULL;
SELECT one.reason, two."po""ints" FROM decided(9, 0, 3) AS one, decided(9, 0, 3) AS two;
SELECT (SELECT reason FROM decided(9, 0, id)), (SELECT "po""ints" FROM decided(9, 0, id)) FROM member;
-- The next version needs something else.
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = { "po\"ints", "note" },
  decide = function(f) return { action = "note", reason = f["po\"ints"] .. f.note } end,
  tests = { { "t", { note = "x", ["po\"ints"] = 1 }, { action = "note" } } } }', 1);
SELECT policy, reason FROM decided(9, 0, 3);
SELECT name, reason FROM decided(9, 0, 3);
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = { "bad" }, decide = function(f) return { action = "none" } end,
  tests = { { "t", {}, { action = "none" } } } }', 1);
SELECT policy, reason FROM decided(9, 0, 3);
UPDATE policy SET active = 1 WHERE version = 1;
SELECT policy, reason FROM decided(9, 0, 3);
