-- What the SELECT of a facts table must not do, in a file that somebody else may have made.

CREATE TABLE member(id INTEGER PRIMARY KEY, name, rank);
INSERT INTO member VALUES (1, 'ada', 30), (2, 'bob', 10);
CREATE TABLE note(member, text);
INSERT INTO note VALUES (1, '{"n":1}');

-- Functions that reach out of the database are refused when the table is made.
CREATE VIRTUAL TABLE wrong USING facts('SELECT writefile(''harm'', name) FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT readfile(''decorum.so'')');
CREATE VIRTUAL TABLE wrong USING facts('SELECT load_extension(:file)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT edit(name) FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT fts3_tokenizer(''simple'')');
CREATE VIRTUAL TABLE wrong USING facts('SELECT usleep(1)');
-- In temp too: what it reads may be somebody else's.
CREATE VIRTUAL TABLE temp.wrong USING facts('SELECT writefile(''harm'', name) FROM member');
-- Wherever it stands, also where it would not be called.
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member WHERE writefile(''harm'', name)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member WHERE :never AND id = 1 AND writefile(''harm'', name)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT CASE WHEN :never THEN writefile(''harm'', name) END AS x FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member ORDER BY writefile(''harm'', name)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member LIMIT writefile(''harm'', 1)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member LIMIT 1 OFFSET writefile(''harm'', 1)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT count(*) FROM member GROUP BY writefile(''harm'', name)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT count(*) FROM member GROUP BY id HAVING writefile(''harm'', id)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT count(*) FILTER (WHERE writefile(''harm'', name)) FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT sum(writefile(''harm'', name)) FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT sum(id) OVER (ORDER BY writefile(''harm'', name)) FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT sum(id) OVER (PARTITION BY writefile(''harm'', name)) FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT member.id FROM member LEFT JOIN note ON writefile(''harm'', text)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT (SELECT writefile(''harm'', 1)) AS once FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT EXISTS (SELECT 1 FROM note WHERE writefile(''harm'', text)) AS x');
CREATE VIRTUAL TABLE wrong USING facts('SELECT id FROM member WHERE id IN (SELECT writefile(''harm'', text) FROM note)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT id FROM member WHERE id IN (1, writefile(''harm'', 1))');
CREATE VIRTUAL TABLE wrong USING facts('VALUES (1), (writefile(''harm'', 1))');
CREATE VIRTUAL TABLE wrong USING facts('SELECT 1 UNION SELECT writefile(''harm'', 1)');
CREATE VIRTUAL TABLE wrong USING facts('WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT writefile(''harm'', n) FROM r LIMIT 2) SELECT n FROM r');
CREATE VIRTUAL TABLE wrong USING facts('SELECT coalesce(name, writefile(''harm'', 1)) AS x FROM member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT value FROM json_each(writefile(''harm'', 1))');
CREATE VIRTUAL TABLE wrong USING facts('SELECT "WRITEFILE"(''harm'', name) FROM member');
-- Operators are functions: MATCH is one that this shell does not mark. LIKE, GLOB, REGEXP and ->> are harmless.
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM member WHERE name MATCH ''a''');
CREATE VIRTUAL TABLE operators USING facts(
  'SELECT text ->> ''$.n'' AS n, text -> ''$.n'' AS j FROM note WHERE text LIKE ''%N%'' AND text GLOB ''*n*'' AND text REGEXP ''n''');
SELECT n, j FROM operators;

-- What SQLite and Decorum come with is harmless: scalar, aggregate and window functions, JSON.
CREATE VIRTUAL TABLE harmless USING facts('
  SELECT id, upper(name) AS name, json_object(''n'', json_extract(text, ''$.n'')) AS o, json_group_array(text) OVER () AS g,
    row_number() OVER (ORDER BY id) AS r, lag(id) OVER (ORDER BY id) AS l, toxicity(name) AS t, dice(name) < 1 AS d,
    drama_score(0.5, id) OVER (ORDER BY id) AS s, strftime(''%Y'', 0, ''unixepoch'') AS y, iif(id, 1, 2) AS i
  FROM member LEFT JOIN note ON note.member = id');
SELECT * FROM harmless;

-- Of virtual tables those that are known to be harmless.
CREATE VIRTUAL TABLE elements USING facts('SELECT key, value FROM json_each(:list)');
SELECT key, value FROM elements('[7, 8]');
CREATE VIRTUAL TABLE tables USING facts('SELECT
  (SELECT count(*) FROM json_tree(''[1]'')) AS tree, (SELECT sum(value) FROM generate_series(1, 3)) AS series,
  (SELECT count(*) > 20 FROM decorum_help) AS help, (SELECT count(*) FROM decorum_action WHERE name = ''ban'') AS action,
  (SELECT count(*) > 20 FROM decorum_lexicon) AS lexicon, (SELECT count(*) FROM toxicity_terms(''idiot'')) AS terms,
  (SELECT count(*) FROM drama_terms(''[{"toxicity": 0.5, "at": 1}]'')) AS drama');
SELECT * FROM tables;
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM pragma_table_info(:name)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM fsdir(''.'')');
CREATE VIRTUAL TABLE wrong USING facts('SELECT sql FROM sqlite_stmt');
CREATE VIRTUAL TABLE wrong USING facts('SELECT pageno FROM dbstat, json_each(''[1]'')');
CREATE VIRTUAL TABLE words USING fts5(text);
CREATE VIRTUAL TABLE wrong USING facts('SELECT text FROM words');
CREATE VIRTUAL TABLE wrong USING facts('SELECT highlight(words, 0, ''<'', ''>'') FROM words(:query)');
CREATE VIRTUAL TABLE wrong USING facts('SELECT n FROM operators');
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = { "name" },
  decide = function(f) return { action = "note", reason = f.name } end, tests = { { "t", { name = "x" }, {} } } }', 1);
CREATE VIRTUAL TABLE decision USING lua_policy(policy = p, facts = member);
CREATE VIRTUAL TABLE wrong USING facts('SELECT source FROM policy');
CREATE VIRTUAL TABLE wrong USING facts('SELECT reason FROM decision');
CREATE VIRTUAL TABLE wrong USING facts('SELECT (SELECT reason FROM decision LIMIT 1) AS reason FROM json_each(''[1]'')');
CREATE VIRTUAL TABLE temp.wrong USING facts('SELECT reason FROM decision');
SELECT count(*) FROM sqlite_schema WHERE name = 'wrong';
-- Somebody's table may have the name of a harmless one.
CREATE TABLE json_each(value);
INSERT INTO json_each VALUES ('mine');
CREATE VIRTUAL TABLE ordinary USING facts('SELECT value FROM json_each');
SELECT value FROM ordinary;
DROP TABLE json_each;
CREATE VIRTUAL TABLE json_each USING fts5(value);
CREATE VIRTUAL TABLE wrong USING facts('SELECT value FROM json_each');
CREATE VIRTUAL TABLE wrong USING facts('SELECT fullkey FROM json_tree(''[1]''), json_each');
SELECT value FROM ordinary;
DROP TABLE json_each;
SELECT key FROM elements('[7]');
CREATE VIRTUAL TABLE temp.json_tree USING fts5(value);
CREATE VIRTUAL TABLE temp.wrong USING facts('SELECT value FROM json_tree');
DROP TABLE temp.json_tree;

-- What it reads may hide such a function: a view, a view of a view, a generated column, an index. A function that is
-- not even to be called by a schema (writefile) SQLite itself refuses there; another one it lets a trusted schema call.
.dbconfig trusted_schema on
CREATE VIEW inner_view AS SELECT lsmode(id) AS mode FROM member;
CREATE VIEW outer_view AS SELECT mode FROM inner_view;
CREATE VIRTUAL TABLE wrong USING facts('SELECT mode FROM inner_view');
CREATE VIRTUAL TABLE wrong USING facts('SELECT count(*) FROM (SELECT * FROM outer_view WHERE mode = :mode)');
CREATE VIRTUAL TABLE temp.wrong USING facts('SELECT mode FROM outer_view');
CREATE VIEW series AS SELECT name FROM pragma_table_info('member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM series');
CREATE VIEW reaching AS SELECT writefile('harm', name) AS x FROM member;
CREATE VIRTUAL TABLE wrong USING facts('SELECT x FROM reaching');
.dbconfig trusted_schema off
CREATE VIRTUAL TABLE wrong USING facts('SELECT mode FROM outer_view');
CREATE VIRTUAL TABLE wrong USING facts('SELECT x FROM reaching');
.dbconfig trusted_schema on
DROP VIEW reaching;
-- The columns of a table: generated ones call what they are made of. A default, a CHECK and a trigger are not for
-- reading, and an index on an expression has been computed.
CREATE TABLE shape(a DEFAULT (lower('X')) CHECK (length(a)), b AS (upper(a)), c AS (abs(a)) STORED);
CREATE INDEX shape_index ON shape(hex(a)) WHERE length(a) > 1;
CREATE TRIGGER shape_trigger AFTER INSERT ON shape BEGIN SELECT lsmode(1); END;
CREATE VIRTUAL TABLE shapes USING facts('SELECT a, b, c FROM shape WHERE hex(a) > '''' AND length(a) > 1');
INSERT INTO shape(a) VALUES ('-12');
SELECT * FROM shapes;
DROP TRIGGER shape_trigger;
-- A view that becomes another one is noticed, by who has read it and by who has not.
CREATE VIEW mild AS SELECT length(name) AS mode FROM member;
CREATE VIRTUAL TABLE follower USING facts('SELECT mode FROM mild WHERE :all');
SELECT mode FROM follower(1);
DROP VIEW mild;
CREATE VIEW mild AS SELECT lsmode(id) AS mode FROM member;
SELECT mode FROM follower(1);
SELECT mode FROM follower(0);
SELECT mode FROM follower;
DROP VIEW mild;
CREATE VIEW mild AS SELECT id AS mode FROM member;
SELECT mode FROM follower(1);
DROP VIEW mild;
CREATE VIEW mild AS SELECT lsmode(id) AS mode FROM member;
-- A file that comes with it opens; the table says what is wrong, and can be dropped.
CREATE VIRTUAL TABLE over USING lua_policy(policy = p, facts = member);
.open community.db
.load ./decorum
.dbconfig trusted_schema on
SELECT mode FROM follower(1);
SELECT * FROM follower;
SELECT count(*) FROM follower WHERE "all" = 1;
SELECT name, hidden FROM pragma_table_xinfo('follower');
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = p, facts = follower);
SELECT reason FROM decision;
-- Once it is mended it has to be read anew.
DROP VIEW mild;
CREATE VIEW mild AS SELECT id AS mode FROM member;
SELECT mode FROM follower(1);
.open community.db
.load ./decorum
.dbconfig trusted_schema on
SELECT mode FROM follower(1);
DROP VIEW mild;
.open community.db
.load ./decorum
.dbconfig trusted_schema on
SELECT mode FROM follower(1);
DROP TABLE follower;
SELECT count(*) FROM sqlite_schema WHERE name = 'follower';
-- No harm was done.
SELECT count(*) FROM fsdir('.') WHERE name LIKE '%harm%';
