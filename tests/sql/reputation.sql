-- reputation_decay(rep [, periods [, rate [, neutral [, rounding]]]]): back to 50, in time.

-- One period: ceil(50 + (10 - 50) * 0.95).
SELECT 'low', reputation_decay(10), reputation_decay(10, 1, 0.95);
-- 50 - 49 = 1: a fused multiply-add gives 2 here, and 13 above.
SELECT 'exactly', reputation_decay(0, 1, 0.98);
SELECT 'high', reputation_decay(100), reputation_decay(100, 2);
SELECT 'neutral', reputation_decay(50), reputation_decay(50, 1000);
SELECT 'type', typeof(reputation_decay(10.5));

-- A period after the other gives what as many at once give.
WITH RECURSIVE day(n, rep) AS (SELECT 0, 3 UNION ALL SELECT n + 1, reputation_decay(rep) FROM day WHERE n < 60)
SELECT 'day by day', count(*), sum(rep = reputation_decay(3, n)) FROM day;

-- Rounding up keeps those above neutral short of it; 'toward' takes them there.
SELECT 'ceil', reputation_decay(0, 1000), reputation_decay(100, 1000);
SELECT 'toward', reputation_decay(0, 1000, 0.95, 50, 'toward'), reputation_decay(100, 1000, 0.95, 50, 'toward');
SELECT 'toward, one period', reputation_decay(10, 1, 0.95, 50, 'Toward'), reputation_decay(99, 1, 0.95, 50, 'TOWARD'),
       reputation_decay(99, 1, 0.95, 50, 'ceil');

-- As many periods as one likes.
SELECT 'ever after', reputation_decay(0, 9223372036854775807, 0.999), reputation_decay(100, 9223372036854775807, 0.999);

-- No period: nothing happens, but the result is an integer.
SELECT 'no period', reputation_decay(10, 0), reputation_decay(10.2, 0), reputation_decay(60.2, 0),
       reputation_decay(60.2, 0, 0.95, 50, 'toward');

-- The ends of the ranges.
SELECT 'rate 0', reputation_decay(0, 1, 0), reputation_decay(100, 1, 0);
SELECT 'rate 1', reputation_decay(0, 9, 1), reputation_decay(100, 9, 1);
SELECT 'neutral 0 and 100', reputation_decay(100, 1000, 0.5, 0), reputation_decay(0, 1000, 0.5, 100),
       reputation_decay(100, 1000, 0.5, 0, 'toward');

-- Every start stays within 0 and 100, and never goes past neutral or away from it.
WITH RECURSIVE start(rep) AS (SELECT 0 UNION ALL SELECT rep + 1 FROM start WHERE rep < 100)
SELECT 'all starts', count(*), min(reputation_decay(rep)), max(reputation_decay(rep)),
       sum(abs(reputation_decay(rep) - 50) > abs(rep - 50)),
       sum((reputation_decay(rep) - 50) * (rep - 50) < 0)
  FROM start;

-- NULL in, NULL out; text that is a number is one; a REAL with an integral value is an integer.
SELECT 'NULL', reputation_decay(NULL), reputation_decay(10, NULL), reputation_decay(10, 1, NULL),
       reputation_decay(10, 1, 0.95, NULL), reputation_decay(10, 1, 0.95, 50, NULL);
SELECT 'numbers', reputation_decay('10', '1', '0.95', '50'), reputation_decay(10.0, 1.0, 0.95, 50.0);

-- A generated column may use it.
CREATE TABLE member(name, rep, tomorrow AS (reputation_decay(rep)));
INSERT INTO member(name, rep) VALUES ('ada', 10), ('bob', NULL);
SELECT * FROM member;

SELECT reputation_decay(-0.5);
SELECT reputation_decay(100.5);
SELECT reputation_decay('good');
SELECT reputation_decay(x'31');
SELECT reputation_decay(9e999);
SELECT reputation_decay(10, -1);
SELECT reputation_decay(10, 1.5);
SELECT reputation_decay(10, 'week');
SELECT reputation_decay(10, 9e999);
SELECT reputation_decay(10, 1, -0.01);
SELECT reputation_decay(10, 1, 1.01);
SELECT reputation_decay(10, 1, 'slow');
SELECT reputation_decay(10, 1, 9e999);
SELECT reputation_decay(10, 1, 0.95, 101);
SELECT reputation_decay(10, 1, 0.95, -1);
SELECT reputation_decay(10, 1, 0.95, 49.5);
SELECT reputation_decay(10, 1, 0.95, 'middle');
SELECT reputation_decay(10, 1, 0.95, 50, 'floor');
SELECT reputation_decay(10, 1, 0.95, 50, 1);
