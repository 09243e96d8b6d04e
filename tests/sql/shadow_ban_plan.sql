-- shadow_ban in queries: which constraints it uses, and that no other breaks a query or changes what it says.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER);
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, reason, now, duration_days) VALUES (9, 'c', 0, 16), (7, 'b', 0, 16), ('ann', 'a', 0, 16), (8, 'c', 0, 16), ('Bob', 'd', 0, 16);
CREATE TABLE event(nr INTEGER PRIMARY KEY, about, at);
INSERT INTO event(about, at) VALUES (7, 345600), ('ann', 691200), (8, 1036800), (NULL, 0), (6, 0), ('ann', 0);

-- The clock, however it is given: as an argument, by =, on either side.
SELECT member, stage FROM shadow_ban(345600) WHERE member = 7;
SELECT member, stage FROM shadow_ban WHERE 345600 = now AND 7 = member;
SELECT member, stage FROM shadow_ban WHERE now = '345600' AND member = 7.0;
SELECT member, now FROM shadow_ban WHERE now IS 345600 AND member = 7;
SELECT count(*), min(now), max(now) FROM shadow_ban(345600);
-- IN is a clock after the other. A range, IS or an expression is a condition on the current time.
SELECT now, stage FROM shadow_ban WHERE now IN (345600, 691200, NULL) AND member = 7;
SELECT count(*) FROM shadow_ban WHERE now > 1e9 AND now + 0 = now;
SELECT count(*) FROM shadow_ban WHERE now + 0 = 345600;
-- No time is at no time; what is no time is an error.
SELECT count(*) FROM shadow_ban(NULL);
SELECT count(*) FROM shadow_ban('soon');
SELECT count(*) FROM shadow_ban('');
SELECT count(*) FROM shadow_ban(x'30');
SELECT count(*) FROM shadow_ban(9e999);
SELECT count(*) FROM shadow_ban(1, 2);
-- Two clocks that contradict each other.
SELECT count(*) FROM shadow_ban(345600) WHERE now = 5;

-- A look-up by member is one: the plan says so, with a clock and without.
EXPLAIN QUERY PLAN SELECT stage FROM shadow_ban WHERE member = 7;
EXPLAIN QUERY PLAN SELECT stage FROM shadow_ban WHERE member = 7 AND now = 5;
EXPLAIN QUERY PLAN SELECT member FROM shadow_ban WHERE now = 5;
EXPLAIN QUERY PLAN SELECT member FROM shadow_ban WHERE reason = 'b';
EXPLAIN QUERY PLAN UPDATE shadow_ban SET stage = 3 WHERE member = 7 AND now = 5;
EXPLAIN QUERY PLAN DELETE FROM shadow_ban WHERE member = 7;
-- In a join it is looked up for each row of the other table.
EXPLAIN QUERY PLAN SELECT stage FROM event JOIN shadow_ban ON member = about AND now = at;
SELECT nr, member, stage FROM event JOIN shadow_ban ON member = about AND now = at ORDER BY nr;
SELECT nr, member, stage FROM shadow_ban JOIN event ON now = at AND about = member ORDER BY nr;
SELECT nr, member, stage FROM event LEFT JOIN shadow_ban ON member = about AND now = at ORDER BY nr;
SELECT nr, member, stage FROM event LEFT JOIN shadow_ban ON member = about WHERE now = 0 ORDER BY nr;
SELECT member, nr FROM shadow_ban(0) LEFT JOIN event ON about = member AND at > 0;
SELECT nr, member FROM event CROSS JOIN shadow_ban WHERE now = at AND nr = 2;
-- A clock that cannot be known yet, here since the order of the tables is given, is compared with the current time.
SELECT count(*) FROM shadow_ban CROSS JOIN event WHERE now = at AND nr = 2;
SELECT count(*) FROM shadow_ban LEFT JOIN event ON about = member WHERE now = at;
SELECT nr, member FROM shadow_ban LEFT JOIN event ON about = member AND now = at ORDER BY member;
-- On the left of a RIGHT or FULL JOIN neither WHERE nor ON tells the table its clock. The argument does.
SELECT nr, member, stage FROM shadow_ban RIGHT JOIN event ON about = member AND now = 345600 ORDER BY nr;
SELECT nr, member, stage FROM shadow_ban RIGHT JOIN event ON about = member WHERE now = 345600 ORDER BY nr;
SELECT nr, member, stage, now FROM shadow_ban(345600) RIGHT JOIN event ON about = member ORDER BY nr;
SELECT nr, member, stage, now FROM shadow_ban(345600) FULL JOIN event ON about = member ORDER BY nr, member;
SELECT nr, member, stage, now FROM event FULL JOIN shadow_ban(345600) ON about = member ORDER BY nr, member;
-- Two tables of which each waits for the other's clock.
SELECT a.member FROM shadow_ban AS a JOIN shadow_ban AS b USING (member, now) WHERE a.member < 9 ORDER BY a.member;
SELECT a.member FROM shadow_ban AS a JOIN shadow_ban AS b USING (member, now) WHERE a.member < 9 AND now = 345600 ORDER BY a.member;
SELECT a.member, b.member, a.stage, b.stage FROM shadow_ban(345600) AS a JOIN shadow_ban(691200) AS b ON b.member = a.member WHERE a.reason = 'c';
SELECT a.member, b.member FROM shadow_ban(0) AS a, shadow_ban(0) AS b WHERE a.reason = b.reason AND a.member < b.member;

-- OR: of members, of clocks, of both, of what is no key.
SELECT member FROM shadow_ban WHERE member = 7 OR member = 8;
SELECT member, stage FROM shadow_ban WHERE (member = 7 OR member = 'ann') AND now = 345600;
SELECT member, stage FROM shadow_ban(345600) WHERE member = 7 OR reason = 'c';
SELECT member, now FROM shadow_ban WHERE (member = 7 AND now = 1) OR (member = 8 AND now = 2) ORDER BY member;
SELECT member FROM shadow_ban WHERE member = 7 OR member = '7' OR member = 7.0 OR member = 9;
SELECT nr, member FROM event, shadow_ban WHERE (member = about AND now = at) OR (member = 9 AND now = 0 AND nr = 1) ORDER BY nr, member;
SELECT nr, member FROM event LEFT JOIN shadow_ban ON (member = about AND now = at) OR (member = 9 AND now = nr) ORDER BY nr, member;
SELECT member FROM shadow_ban(0) WHERE (member = 7 AND reason = 'no') OR (member = 8 AND +member = 8);
SELECT member FROM shadow_ban(0) WHERE (member = 7 AND member = 8) OR (member = 8 AND member = 8 AND now = 0 AND now = 0);
SELECT member FROM shadow_ban WHERE (member = 7 OR member IS NULL) AND (member = 7 OR member > 'a') AND member NOT NULL;

-- Members: a text stays one, also of digits; white space around it goes when it is written.
INSERT INTO shadow_ban(member, reason, now) VALUES ('007', 'w', 0), (' -3 ', 'w', 0), (9223372036854775807, 'w', 0), ('-9223372036854775808', 'w', 0),
  ('9223372036854775808', 'w', 0), ('9223372036854775809', 'w', 0), ('-9223372036854775809', 'w', 0), ('18446744073709551616', 'w', 0), ('+5', 'w', 0), ('-0', 'w', 0), ('1e3', 'w', 0), ('0x10', 'w', 0),
  ('7.0', 'w', 0), (char(9) || 'big ben' || char(10), 'w', 0), (9007199254740992.0, 'w', 0), (9007199254740993, 'w', 0), (-0.0, 'w', 0);
SELECT typeof(member), quote(member) FROM shadow_ban(0) WHERE reason = 'w';
SELECT quote(member) FROM shadow_ban WHERE member = '7' UNION ALL SELECT quote(member) FROM shadow_ban WHERE member = ' 7 ' UNION ALL
  SELECT quote(member) FROM shadow_ban WHERE member = 7.0 UNION ALL SELECT quote(member) FROM shadow_ban WHERE member = '007' UNION ALL
  SELECT quote(member) FROM shadow_ban WHERE member = '7.0' UNION ALL SELECT quote(member) FROM shadow_ban WHERE member = ' ann';
SELECT quote(member) FROM shadow_ban WHERE member = '9223372036854775808' UNION ALL SELECT quote(member) FROM shadow_ban WHERE member = '9223372036854775809' UNION ALL
  SELECT quote(member) FROM shadow_ban WHERE member = '9223372036854775807' UNION ALL SELECT quote(member) FROM shadow_ban WHERE member = 9007199254740993 UNION ALL
  SELECT quote(member) FROM shadow_ban WHERE member = 9007199254740992.0;
-- A value is what it is wherever it goes: no name becomes a number on the way, and none is looked for as one.
WITH banned AS MATERIALIZED (SELECT member, initiated_by FROM shadow_ban WHERE reason = 'w') SELECT group_concat(quote(member)) FROM banned;
SELECT quote(member) FROM shadow_ban WHERE member IN ('007', '9223372036854775809') ORDER BY member;
SELECT quote(member) FROM shadow_ban WHERE member = '007' OR reason = 'no';
SELECT count(*) FROM (SELECT DISTINCT member FROM shadow_ban WHERE reason = 'w') AS one JOIN (SELECT DISTINCT member FROM shadow_ban WHERE reason = 'w') AS other USING (member);
-- A text is no number, with a look-up or without.
SELECT quote(member) FROM shadow_ban WHERE member = '7' OR reason = 'no';
-- What can be nobody finds nobody.
SELECT count(*) FROM shadow_ban WHERE member = NULL;
SELECT count(*) FROM shadow_ban WHERE member = '';
SELECT count(*) FROM shadow_ban WHERE member = 7.5;
SELECT count(*) FROM shadow_ban WHERE member = x'37';
SELECT count(*) FROM shadow_ban WHERE member = 9.3e18;
SELECT count(*) FROM shadow_ban WHERE member = 9e999;
-- Case counts, but where one says that it does not.
SELECT member FROM shadow_ban WHERE member = 'BOB';
SELECT member FROM shadow_ban WHERE member = 'BOB' COLLATE NOCASE;
SELECT member FROM shadow_ban WHERE member COLLATE NOCASE = 'BOB' AND now = 0;
EXPLAIN QUERY PLAN SELECT member FROM shadow_ban WHERE member = 'BOB' COLLATE NOCASE;
SELECT member FROM shadow_ban WHERE member = 'BOB' COLLATE NOCASE AND member = 'Bob';
DELETE FROM shadow_ban WHERE reason = 'w';

-- Lists and subqueries.
SELECT member, stage FROM shadow_ban(345600) WHERE member IN ('ann', 7, 'nobody', NULL, 9, '7') ORDER BY member;
-- Of a list each ban comes once, however often its member is there.
SELECT member FROM shadow_ban WHERE member IN (' ann', 'ann', 'ann', 7, 7.0, '7', 'Ann') ORDER BY member;
SELECT member, now FROM shadow_ban WHERE member IN ('ann', 'ann', 7) AND now IN (1, 2) ORDER BY member, now;
SELECT count(*) FROM shadow_ban WHERE member IN ();
SELECT count(*) FROM shadow_ban WHERE member IN (NULL, '', 7.5, x'37');
WITH RECURSIVE nr(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM nr WHERE n < 1000) SELECT member FROM shadow_ban WHERE member IN (SELECT n FROM nr) ORDER BY member;
EXPLAIN QUERY PLAN SELECT stage FROM shadow_ban WHERE member IN (7, 8) AND now = 5;
SELECT nr, member FROM event JOIN shadow_ban ON member IN (about, about, 9) AND now = at ORDER BY nr, member;
SELECT member FROM shadow_ban WHERE member IN (SELECT about FROM event) ORDER BY member;
SELECT member FROM shadow_ban WHERE member NOT IN (7, 8, 'ann');
SELECT member FROM shadow_ban WHERE (member, reason) IN (SELECT 8, 'c' UNION SELECT 7, 'c');
SELECT nr, (SELECT stage FROM shadow_ban WHERE member = about AND now = at) FROM event;
SELECT nr FROM event WHERE EXISTS (SELECT 1 FROM shadow_ban WHERE member = about AND now = at AND stage > 2);
SELECT nr, (SELECT group_concat(member) FROM shadow_ban WHERE now = at AND stage >= 3) FROM event;
WITH hour(nr) AS (SELECT 0 UNION ALL SELECT nr + 96 FROM hour WHERE nr < 384) SELECT nr, stage FROM hour, shadow_ban(hour.nr * 3600) WHERE member = 7;
WITH banned AS (SELECT * FROM shadow_ban(1382400)) SELECT count(*) FROM banned WHERE phase = 'banned';
WITH banned AS MATERIALIZED (SELECT member, phase, now FROM shadow_ban) SELECT count(*) FROM banned WHERE now = 1382400;

-- Order: the table's own is that of the members, numbers first.
SELECT member FROM shadow_ban ORDER BY member;
EXPLAIN QUERY PLAN SELECT member FROM shadow_ban ORDER BY member;
EXPLAIN QUERY PLAN SELECT member FROM shadow_ban ORDER BY member, reason DESC;
SELECT member FROM shadow_ban ORDER BY member DESC;
SELECT member FROM shadow_ban ORDER BY reason, member;
SELECT member FROM shadow_ban ORDER BY reason DESC, member DESC LIMIT 2 OFFSET 1;
SELECT member FROM shadow_ban ORDER BY member COLLATE NOCASE;
SELECT member FROM shadow_ban ORDER BY member COLLATE NOCASE DESC LIMIT 2;
SELECT member FROM shadow_ban WHERE member IN (9, 'ann', 7) ORDER BY member;
SELECT member, now FROM shadow_ban WHERE now IN (2, 1) AND member IN (8, 7) ORDER BY member, now;
SELECT member, now FROM shadow_ban WHERE now IN (2, 1) AND member < 9 ORDER BY member, now DESC;
SELECT nr, member FROM event JOIN shadow_ban ON now = at AND nr < 3 ORDER BY member, nr;
SELECT DISTINCT reason FROM shadow_ban ORDER BY reason;
SELECT DISTINCT member FROM shadow_ban WHERE now IN (1, 2);
SELECT DISTINCT member, now > 1 FROM shadow_ban WHERE now IN (1, 2) ORDER BY member, now;
SELECT reason, count(*), group_concat(member) FROM shadow_ban GROUP BY reason;
SELECT member, count(*) FROM shadow_ban WHERE now IN (1, 2) GROUP BY member;
SELECT member, sum(nr) FROM shadow_ban(0) JOIN event ON about = member GROUP BY member ORDER BY member DESC;
SELECT typeof(member), max(member) FROM shadow_ban GROUP BY typeof(member) ORDER BY 1;
SELECT member, row_number() OVER (ORDER BY member DESC) FROM shadow_ban WHERE reason > 'a';
SELECT max(member), min(member) FROM shadow_ban;
SELECT member FROM shadow_ban LIMIT 2;
SELECT rowid IN (SELECT id FROM shadow_ban_state), member FROM shadow_ban WHERE rowid = (SELECT id FROM shadow_ban_state WHERE member = 8);
