-- What stands beside an OR that is no list of one column's values. SQLite 3.40 does not look at it when it plans
-- the branches; newer ones do, so that each branch has what it needs.

CREATE TABLE member(id INTEGER PRIMARY KEY, name);
INSERT INTO member VALUES (1, 'ada'), (2, 'bob'), (3, 'eve');
CREATE VIRTUAL TABLE facts_of USING facts('SELECT name FROM member WHERE id = :member AND :now > 0');

SELECT member, name FROM facts_of WHERE now = 1 AND (member = 1 OR member IN (2, 3)) ORDER BY 1;
