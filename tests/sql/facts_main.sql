-- A facts table in main reads main alone: it means the same to everybody. One in temp reads what its maker reads.

CREATE TABLE member(id INTEGER PRIMARY KEY, name);
INSERT INTO member VALUES (1, 'ada'), (2, 'bob');
CREATE VIEW quiet AS SELECT id, name FROM member WHERE id > 1;
CREATE VIRTUAL TABLE facts_of USING facts('SELECT name FROM member WHERE id = :id');
CREATE VIRTUAL TABLE main_facts USING facts('SELECT name FROM main.member WHERE member.id = :id');
CREATE VIRTUAL TABLE quiet_facts USING facts('SELECT quiet.name FROM quiet');
SELECT name FROM facts_of(1);

-- A table in temp that hides one of its own; also if there is no row to be read.
CREATE TEMP TABLE member(id, name);
INSERT INTO temp.member VALUES (1, 'mallory');
SELECT name FROM facts_of(1);
SELECT name FROM facts_of(7);
SELECT name FROM main_facts(1);
SELECT name FROM quiet_facts;
DROP TABLE temp.member;
SELECT name FROM facts_of(1);
-- A view in temp.
CREATE TEMP VIEW "Member" AS SELECT id, 'mallory' AS name FROM main.member;
SELECT name FROM facts_of(1);
SELECT name FROM facts_of(7);
SELECT name FROM main_facts(1);
SELECT name FROM quiet_facts;
DROP VIEW temp.member;
CREATE TEMP VIEW quiet AS SELECT 'mallory' AS name;
SELECT name FROM quiet_facts;
SELECT name FROM facts_of(1);
DROP VIEW temp.quiet;
SELECT name FROM quiet_facts;
-- A virtual table in temp.
CREATE VIRTUAL TABLE temp.member USING facts('SELECT 1 AS id, ''mallory'' AS name');
SELECT name FROM facts_of(1);
DROP TABLE temp.member;

-- However the name is written.
CREATE VIRTUAL TABLE quoted1 USING facts('SELECT name FROM "member"');
CREATE VIRTUAL TABLE quoted2 USING facts('SELECT name FROM [member]');
CREATE VIRTUAL TABLE quoted3 USING facts('SELECT name FROM ''member''');
CREATE VIRTUAL TABLE joined USING facts('SELECT name FROM (SELECT 1)JOIN/* a comment */member--');
CREATE TABLE names(name);
CREATE VIRTUAL TABLE marked USING facts('SELECT name FROM ﻿member');
CREATE VIRTUAL TABLE listed USING facts('SELECT 1 AS one WHERE 1 IN names');
CREATE TABLE "mem`"(name);
CREATE VIRTUAL TABLE quoted4 USING facts('SELECT name FROM `mem```');
CREATE TABLE [a "b" c](name);
CREATE VIRTUAL TABLE quoted5 USING facts('SELECT name FROM "a ""b"" c"');
CREATE TEMP VIEW member AS SELECT 1 AS id, 'mallory' AS name;
CREATE TEMP VIEW names AS SELECT 1 AS one;
CREATE TEMP VIEW "mem`" AS SELECT 'mallory' AS name;
CREATE TEMP VIEW "a ""b"" c" AS SELECT 'mallory' AS name;
SELECT name FROM quoted1;
SELECT name FROM quoted2;
SELECT name FROM quoted3;
SELECT name FROM joined;
SELECT name FROM marked;
SELECT one FROM listed;
SELECT name FROM quoted4;
SELECT name FROM quoted5;
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM MEMBER');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM temp.member');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM "temp" . "member"');
-- What only looks like it: another name's column or alias, a comment, a parameter.
CREATE VIRTUAL TABLE alike USING facts('SELECT m.name AS member, :member AS m FROM main.member AS m -- member');
SELECT count(*) FROM alike(1);
DROP VIEW temp.member;
DROP VIEW temp."mem`";
DROP VIEW temp."a ""b"" c";
SELECT name FROM quoted1;

-- In temp there may be something that main has not.
CREATE TEMP TABLE mine(name);
CREATE TEMP VIEW my_view AS SELECT name FROM main.member;
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM mine');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM my_view');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM sqlite_temp_schema');
ATTACH 'other.db' AS other;
CREATE TABLE other.theirs(name);
INSERT INTO other.theirs VALUES ('theirs');
CREATE VIEW other.their_view AS SELECT name FROM theirs;
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM theirs');
CREATE VIRTUAL TABLE wrong USING facts('SELECT theirs.name FROM member, other.theirs');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM their_view');
CREATE VIRTUAL TABLE wrong USING facts('SELECT name FROM other.sqlite_schema');
-- A table in temp may read all of them, and what is hidden is hidden.
CREATE VIRTUAL TABLE temp.everywhere USING facts('SELECT name FROM mine UNION ALL SELECT name FROM my_view UNION ALL SELECT name FROM theirs');
SELECT name FROM everywhere;
CREATE VIRTUAL TABLE temp.my_facts USING facts('SELECT name FROM member WHERE id = :id');
SELECT name FROM my_facts(1);
CREATE TEMP VIEW member AS SELECT 1 AS id, 'mine' AS name;
SELECT name FROM my_facts(1);
DROP VIEW temp.member;

-- A policy over such facts.
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = { "name" },
  decide = function(f) return { action = "note", reason = f.name } end, tests = { { "t", { name = "x" }, {} } } }', 1);
CREATE VIRTUAL TABLE decision USING lua_policy(policy = p, facts = facts_of);
SELECT reason FROM decision(1);
CREATE TEMP TABLE member(id, name);
SELECT reason FROM decision(1);
-- A connection that opens with a hidden table.
.open community.db
.load ./decorum
CREATE TEMP TABLE member(id, name);
SELECT name FROM facts_of(1);
SELECT reason FROM decision(1);
DROP TABLE facts_of;
DROP TABLE temp.member;
SELECT name FROM facts_of(1);
SELECT reason FROM decision(1);

-- The facts of an attached file are not to be read.
ATTACH 'other.db' AS other;
.open other.db
.load ./decorum
CREATE VIRTUAL TABLE their_facts USING facts('SELECT name FROM theirs');
CREATE VIEW same AS SELECT 1 AS one;
SELECT name FROM their_facts;
.open community.db
.load ./decorum
ATTACH 'other.db' AS other;
SELECT name FROM other.their_facts;
SELECT name FROM their_facts;
SELECT one FROM other.same;
SELECT name FROM facts_of(1);
