-- dice(seed, ...): FNV-1a 64 over the arguments, murmur3's finalizer, the upper 53 bits.
--
-- The second column is those 53 bits as an integer: the test vectors. They do not come from this
-- extension; anybody can work them out from the description.

SELECT 'NULL', CAST(dice(NULL) * 9007199254740992 AS INTEGER);
SELECT '''''', CAST(dice('') * 9007199254740992 AS INTEGER);
SELECT 'x''''', CAST(dice(x'') * 9007199254740992 AS INTEGER);

-- Integers, all 64 bits of them.
SELECT column1, CAST(dice(column1) * 9007199254740992 AS INTEGER)
  FROM (VALUES (0), (1), (-1), (9007199254740992), (9007199254740993), (9223372036854775807), (-9223372036854775808));

-- A REAL with an integral value within 2^53 is that integer, -0.0 is 0. One beyond is a REAL.
SELECT column1, CAST(dice(column1) * 9007199254740992 AS INTEGER)
  FROM (VALUES (1.0), (0.0), (-0.0), (0.5), (-2.75), (1e300));
SELECT '2.0^53', CAST(dice(9007199254740992.0) * 9007199254740992 AS INTEGER),
       CAST(dice(-9007199254740992.0) * 9007199254740992 AS INTEGER),
       CAST(dice(9007199254740994.0) * 9007199254740992 AS INTEGER);
SELECT 'infinite', CAST(dice(9e999) * 9007199254740992 AS INTEGER), CAST(dice(-9e999) * 9007199254740992 AS INTEGER);

-- Text is not the number that it spells, nor the BLOB of its bytes.
SELECT '1', CAST(dice('1') * 9007199254740992 AS INTEGER);
SELECT 'x''31''', CAST(dice(x'31') * 9007199254740992 AS INTEGER);
SELECT 'ö', CAST(dice('ö') * 9007199254740992 AS INTEGER);
-- Zero bytes count.
SELECT 'a', CAST(dice('a') * 9007199254740992 AS INTEGER);
SELECT 'a, 0, b', CAST(dice('a' || char(0) || 'b') * 9007199254740992 AS INTEGER);
SELECT 'x''6100ff''', CAST(dice(x'6100ff') * 9007199254740992 AS INTEGER);

-- Several arguments, each of which ends where it ends.
SELECT 'seed, 1', CAST(dice('seed', 1) * 9007199254740992 AS INTEGER);
SELECT 'seed, ''1''', CAST(dice('seed', '1') * 9007199254740992 AS INTEGER);
SELECT 'seed1', CAST(dice('seed1') * 9007199254740992 AS INTEGER);
SELECT 'ab, c', CAST(dice('ab', 'c') * 9007199254740992 AS INTEGER);
SELECT 'a, bc', CAST(dice('a', 'bc') * 9007199254740992 AS INTEGER);
SELECT 'seed, NULL', CAST(dice('seed', NULL) * 9007199254740992 AS INTEGER);
SELECT 'seed, NULL, NULL', CAST(dice('seed', NULL, NULL) * 9007199254740992 AS INTEGER);
SELECT '1, 2', CAST(dice(1, 2) * 9007199254740992 AS INTEGER);
SELECT '2, 1', CAST(dice(2, 1) * 9007199254740992 AS INTEGER);
SELECT 'secret, message, 12', CAST(dice('secret', 'message', 12) * 9007199254740992 AS INTEGER);

-- A REAL in [0, 1), as likely here as there.
WITH RECURSIVE message(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM message WHERE id < 100000)
SELECT 'range', min(typeof(dice('seed', id))), min(dice('seed', id)) >= 0, max(dice('seed', id)) < 1,
       count(DISTINCT dice('seed', id)), round(avg(dice('seed', id)), 2), round(avg(dice('seed', id) < 0.02), 3)
  FROM message;

-- It may be in an index: a sample of messages that is found without a scan.
CREATE TABLE message(id INTEGER PRIMARY KEY);
CREATE INDEX sampled ON message(id) WHERE dice('seed', id) < 0.02;
WITH RECURSIVE row(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM row WHERE id < 1000)
INSERT INTO message SELECT id FROM row;
SELECT 'sampled', count(*), (SELECT count(*) FROM message NOT INDEXED WHERE dice('seed', id) < 0.02)
  FROM message INDEXED BY sampled WHERE dice('seed', id) < 0.02;

SELECT dice();
