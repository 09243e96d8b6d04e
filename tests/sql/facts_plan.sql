-- A facts table in any place of a statement: it is given its parameters, or says which are missing.

CREATE TABLE member(id INTEGER PRIMARY KEY, name);
INSERT INTO member VALUES (1, 'ada'), (2, 'bob'), (3, 'eve');
CREATE VIRTUAL TABLE facts_of USING facts('SELECT name FROM member WHERE id = :member AND :now > 0');

-- Joins in every order, however they are written.
SELECT id, f.name FROM facts_of AS f, member WHERE f.member = id AND f.now = 1 ORDER BY 1;
SELECT id, f.name FROM member, facts_of AS f WHERE f.member = id AND f.now = 1 ORDER BY 1;
SELECT id, f.name FROM member JOIN facts_of AS f ON f.member = id WHERE now = 1 ORDER BY 1;
SELECT id, f.name FROM member CROSS JOIN facts_of AS f ON f.member = id AND now = 1 ORDER BY 1;
SELECT id, f.name FROM facts_of(2, 1) AS f CROSS JOIN member ON f.member = id;
SELECT id, f.name FROM facts_of AS f NATURAL JOIN member WHERE f.member = 3 AND now = 1;
SELECT a.name, b.name, c.name FROM facts_of AS a, facts_of AS b, facts_of AS c
  WHERE a.member = 1 AND b.member = a.member + 1 AND c.member = b.member + 1 AND a.now = 1 AND b.now = a.now AND c.now = b.now;
SELECT id, f.name FROM member LEFT JOIN facts_of AS f ON f.member = id AND now = id - 1 ORDER BY 1;
SELECT id, f.name FROM facts_of(2, 1) AS f RIGHT JOIN member ON f.name = member.name ORDER BY 1;
SELECT id, f.name FROM facts_of(2, 1) AS f FULL JOIN member ON f.name = member.name AND id < 3 ORDER BY 1;
SELECT id FROM member WHERE name IN (SELECT name FROM facts_of(id, 1)) ORDER BY 1;
SELECT id FROM member WHERE EXISTS (SELECT 1 FROM facts_of WHERE member = id + 1 AND now = 1) ORDER BY 1;
WITH two(id) AS (VALUES (2), (3)) SELECT f.name FROM two, facts_of(two.id, 1) AS f ORDER BY 1;
WITH RECURSIVE chain(id, name) AS (SELECT 0, '' UNION ALL SELECT id + 1, chain.name || f.name FROM chain, facts_of(chain.id + 1, 1) AS f)
  SELECT name FROM chain;
-- Where the order is told, and it comes first, the parameter is not known yet.
SELECT id, f.name FROM facts_of AS f CROSS JOIN member ON f.member = id AND now = 1;
SELECT id, f.name FROM facts_of AS f LEFT JOIN member ON f.member = id AND now = 1;
SELECT a.name FROM facts_of AS a, facts_of AS b WHERE a.member = b.member AND a.now = 1 AND b.now = 1;

-- OR and IN: each branch has what it needs, or not.
SELECT member, now, name FROM facts_of WHERE member IN (1, 3) AND now IN (1, 2, 0) ORDER BY 1, 2;
SELECT member, name FROM facts_of WHERE member IN (SELECT id FROM member) AND now = 1 ORDER BY 1;
SELECT member, name FROM facts_of WHERE (member = 1 AND now = 1) OR (member = 3 AND now = 1) OR (now = 1 AND member = 1) ORDER BY 1;
SELECT member, name FROM facts_of WHERE now = 1 AND (member = 1 OR member = 3) ORDER BY 1;
SELECT member, name FROM facts_of WHERE (member = 1 OR now = 1) AND member = 2;
SELECT member, name FROM facts_of WHERE member = 1 OR now = 1;
SELECT member, name FROM facts_of WHERE (member = 1 AND now = 1) OR member = 2;
SELECT member, name FROM facts_of WHERE (member = 1 AND now = 1) OR name = 'bob';
SELECT member, name FROM facts_of WHERE NOT member = 1 AND now = 1;
SELECT member, name FROM facts_of WHERE member IS 1 AND now = 1;
SELECT member, name FROM facts_of WHERE (member, now) = (2, 1);
SELECT member, name FROM facts_of WHERE member = 1 AND member = 2 AND now = 1;
SELECT member, name FROM facts_of(2, 1) WHERE member = 2 AND now IS NOT NULL;
SELECT count(*) FROM facts_of(NULL, 1);
SELECT count(*) FROM facts_of WHERE member = NULL AND now = 1;
SELECT count(*) FROM facts_of(1, NULL);
SELECT name FROM facts_of('1', 1.5);
SELECT name FROM facts_of(1.0, '1');
SELECT count(*) FROM facts_of('ada', 1);

-- CREATE is undone like anything else.
BEGIN;
SAVEPOINT before;
CREATE VIRTUAL TABLE undone USING facts('SELECT name FROM member');
SELECT count(*) FROM undone;
ROLLBACK TO before;
SELECT count(*) FROM undone;
CREATE VIRTUAL TABLE undone USING facts('SELECT id FROM member');
SELECT sum(id) FROM undone;
ROLLBACK;
SELECT count(*) FROM undone;
BEGIN;
DROP TABLE facts_of;
SELECT name FROM facts_of(1, 1);
ROLLBACK;
SELECT name FROM facts_of(1, 1);
