-- facts('SELECT ...'): a SELECT with parameters as a table.

CREATE TABLE member(id INTEGER PRIMARY KEY, name, immune, created);
INSERT INTO member VALUES (7, 'ada', 0, 100), (8, 'bob', 1, 200), (9, 'eve', 0, 900);

CREATE VIRTUAL TABLE member_facts USING facts(
  'SELECT name, immune FROM member WHERE id = :member AND created <= :now');
SELECT * FROM member_facts(7, 500);
-- The same: each parameter is a hidden column, in order of appearance.
SELECT * FROM member_facts WHERE now = 500 AND member = 7;
SELECT name, member, now FROM member_facts(8, 500);
SELECT name, hidden FROM pragma_table_xinfo('member_facts');
-- Nothing is known of eve at that time, nor of anybody else.
SELECT count(*) FROM member_facts(9, 500);
-- Other conditions on the rows.
SELECT name FROM member_facts(8, 500) WHERE immune;
SELECT name FROM member_facts(7, 500) WHERE immune;

-- A parameter that is missing is an error in words.
SELECT * FROM member_facts;
SELECT * FROM member_facts(7);
SELECT * FROM member_facts WHERE now = 500;
SELECT * FROM member_facts WHERE member > 7 AND now = 500;
SELECT * FROM member_facts WHERE member = name AND now = 500;
SELECT * FROM member_facts(7, 500, 12);

-- Many members at once.
SELECT member.id, facts.name FROM member, member_facts(member.id, 500) AS facts ORDER BY 1;
SELECT member.id, facts.name FROM member LEFT JOIN member_facts AS facts
  ON facts.member = member.id AND facts.now = 500 ORDER BY 1;
SELECT member, name FROM member_facts WHERE member IN (7, 8, 9) AND now = 1000 ORDER BY 1;
SELECT member, name FROM member_facts WHERE (member = 7 OR member = 8) AND now = 500 ORDER BY 1;
SELECT member, name FROM member_facts WHERE (member = 7 AND now = 500) OR (member = 8 AND now = 500) ORDER BY 1;
SELECT (SELECT name FROM member_facts(member.id, 500)) FROM member;
-- Two of it in one statement do not know of each other.
SELECT one.name, two.name FROM member_facts(7, 500) AS one, member_facts(8, 500) AS two;
SELECT one.member, two.member FROM member, member_facts(member.id, 1000) AS one, member_facts(16 - one.member, 1000) AS two;

-- A parameter given as NULL is NULL, not missing.
CREATE VIRTUAL TABLE given USING facts('SELECT :value IS NULL AS is_null, typeof(:value) AS type');
SELECT * FROM given(NULL);
SELECT * FROM given WHERE value IS NULL;
-- It comes as it was given.
SELECT type, value FROM given('7');
SELECT type, value FROM given(7);
SELECT type, value FROM given(7.0);
SELECT type, hex(value) FROM given(x'00ff');
SELECT type, length(value), hex(value) FROM given('a' || char(0) || 'b');
SELECT type, value FROM given(9223372036854775807);

-- A column of the SELECT that is named like a parameter is that parameter.
CREATE VIRTUAL TABLE echo USING facts('SELECT id AS Member, name FROM member WHERE id = :member');
SELECT member, name FROM echo(7);
SELECT name, hidden FROM pragma_table_xinfo('echo');

-- Any SELECT will do: WITH, VALUES, several rows, LIMIT, no parameter at all, comments about it.
CREATE VIRTUAL TABLE counting USING facts(
  'WITH RECURSIVE row(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < :most) SELECT n FROM row LIMIT $limit');
SELECT group_concat(n) FROM counting(9, 4);
SELECT n FROM counting(9, 100) LIMIT 1;
SELECT count(*), count(DISTINCT rowid) FROM counting(9, 9);
CREATE VIRTUAL TABLE pairs USING facts("VALUES (@a, 1), (@a, 2)");
SELECT column1, column2 FROM pairs('x');
CREATE VIRTUAL TABLE everybody USING facts('-- all of them
  /* and nobody else */ SELECT name FROM member; -- that is it');
SELECT group_concat(name) FROM everybody;
-- The name of the module is no table.
SELECT * FROM facts;

-- What is not one SELECT that only reads is refused when the table is made.
CREATE VIRTUAL TABLE wrong USING facts('DELETE FROM member');
CREATE VIRTUAL TABLE wrong USING facts('INSERT INTO member(name) VALUES (:name) RETURNING id');
CREATE VIRTUAL TABLE wrong USING facts('WITH one AS (SELECT 1) DELETE FROM member');
CREATE VIRTUAL TABLE wrong USING facts('WITH one AS (SELECT 1) UPDATE member SET name = :name RETURNING id');
CREATE VIRTUAL TABLE wrong USING facts('SELECT 1; DELETE FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT 1; SELECT 2');
CREATE VIRTUAL TABLE wrong USING facts('PRAGMA table_list');
CREATE VIRTUAL TABLE wrong USING facts('PRAGMA user_version = 7');
CREATE VIRTUAL TABLE wrong USING facts('EXPLAIN SELECT 1');
CREATE VIRTUAL TABLE wrong USING facts('BEGIN');
CREATE VIRTUAL TABLE wrong USING facts('ATTACH ''other.db'' AS other');
CREATE VIRTUAL TABLE wrong USING facts('SELECTED');
CREATE VIRTUAL TABLE wrong USING facts('-- nothing');
CREATE VIRTUAL TABLE wrong USING facts('');
CREATE VIRTUAL TABLE wrong USING facts;
CREATE VIRTUAL TABLE wrong USING facts('SELECT 1', 'SELECT 2');
CREATE VIRTUAL TABLE wrong USING facts('SELECT nickname FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT 1 FROM nowhere');
CREATE VIRTUAL TABLE wrong USING facts('SELECT (');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member WHERE id = ?');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member WHERE id = :member OR id = ?2');
CREATE VIRTUAL TABLE wrong USING facts('SELECT 1 AS one, 2 AS one');
CREATE VIRTUAL TABLE wrong USING facts('SELECT :member + :Member AS sum');
CREATE VIRTUAL TABLE wrong USING facts('SELECT :a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l, :m, :n, :o, :p,
  :q, :r, :s, :t, :u, :v, :w, :x, :y, :z, :aa, :ab, :ac, :ad, :ae');
CREATE VIRTUAL TABLE wrong USING policies('SELECT 1');
SELECT count(*) FROM member;
SELECT count(*) FROM sqlite_schema WHERE name = 'wrong';
-- Nobody can write to it either.
DELETE FROM everybody;
UPDATE everybody SET name = 'x';

-- An error while it runs says where.
CREATE VIRTUAL TABLE overflow USING facts('SELECT abs(:value) AS value_abs');
SELECT * FROM overflow(-5);
SELECT * FROM overflow(-9223372036854775807 - 1);
SELECT * FROM overflow(-6);

-- DIRECTONLY: it runs with the rights of whoever asks, so a schema cannot ask for them.
CREATE VIEW names AS SELECT name FROM everybody;
SELECT * FROM names;
CREATE TEMP VIEW my_names AS SELECT group_concat(name) FROM everybody;
SELECT * FROM my_names;
CREATE TRIGGER on_member AFTER UPDATE ON member BEGIN SELECT count(*) FROM everybody; END;
UPDATE member SET name = name;
DROP TRIGGER on_member;
DROP VIEW names;
DROP VIEW my_names;

-- In main or temp, and nowhere else.
CREATE VIRTUAL TABLE temp.mine USING facts('SELECT name FROM member WHERE id = :member');
SELECT name FROM mine(9);
ATTACH ':memory:' AS other;
CREATE VIRTUAL TABLE other.theirs USING facts('SELECT 1');
DETACH other;

-- It follows its tables: their rows, their columns, and back.
UPDATE member SET name = 'ida' WHERE id = 7;
SELECT name FROM member_facts(7, 500);
CREATE VIRTUAL TABLE everything USING facts('SELECT * FROM member WHERE id = :member');
SELECT * FROM everything(7);
ALTER TABLE member ADD COLUMN note;
SELECT * FROM everything(7);
SELECT name FROM member_facts(7, 500);
ALTER TABLE member DROP COLUMN note;
SELECT * FROM everything(7);
BEGIN;
ALTER TABLE member RENAME TO person;
SELECT name FROM member_facts(7, 500);
ROLLBACK;
SELECT name FROM member_facts(7, 500);

-- It holds no lock once it was read, also if it was not read to its end.
SELECT n FROM counting(9, 9) LIMIT 1;
VACUUM;
BEGIN;
SELECT name FROM member_facts(8, 500);
UPDATE member SET immune = 0 WHERE id = 8;
SELECT name, immune FROM member_facts(8, 500);
COMMIT;
SELECT count(*) FROM member_facts(7, 500), pairs('y');
DROP TABLE pairs;
ALTER TABLE echo RENAME TO mirror;
SELECT name FROM mirror(7);
SELECT name FROM mirror;
SELECT name FROM echo(7);

-- .dump writes it as it was made, and it works in the file that is made of that.
.output dump.sql
.dump
.output
.open restored.db
.load ./decorum
.dbconfig defensive off
.read dump.sql
.open restored.db
.load ./decorum
PRAGMA integrity_check;
SELECT name FROM member_facts(7, 500);
SELECT type, value FROM given('7');

-- A file whose facts have lost their tables can still be put in order.
ALTER TABLE member RENAME TO person;
.open restored.db
.load ./decorum
SELECT name FROM member_facts(7, 500);
ALTER TABLE person RENAME TO member;
.open restored.db
.load ./decorum
SELECT name FROM member_facts(7, 500);
DROP TABLE member;
DROP TABLE member_facts;
SELECT count(*) FROM sqlite_schema WHERE name = 'member_facts';
