-- dice(seed, ...): FNV-1a 64 over tags and payloads, murmur3's finalizer, the upper 53 bits.
--
-- The vectors are those 53 bits. They do not come from this extension: anybody can work them out from the
-- description in ext/dice.c, as a dozen lines of Python did here.
-- plan 47

VALUES
  ('dice vector, NULL', CAST(dice(NULL) * 9007199254740992 AS INTEGER), 395696354141105),
  ('dice vector, no text', CAST(dice('') * 9007199254740992 AS INTEGER), 3680201911376052),
  ('dice vector, no bytes', CAST(dice(x'') * 9007199254740992 AS INTEGER), 2258602090379507),
  ('dice vector, 0', CAST(dice(0) * 9007199254740992 AS INTEGER), 8765063853810142),
  ('dice vector, 1', CAST(dice(1) * 9007199254740992 AS INTEGER), 2676640230762500),
  ('dice vector, -1', CAST(dice(-1) * 9007199254740992 AS INTEGER), 783455394573324),
  ('dice vector, 2^53', CAST(dice(9007199254740992) * 9007199254740992 AS INTEGER), 546224217464350),
  ('dice vector, 2^53 + 1, all 64 bits count', CAST(dice(9007199254740993) * 9007199254740992 AS INTEGER), 5396886392198568),
  ('dice vector, the largest integer', CAST(dice(9223372036854775807) * 9007199254740992 AS INTEGER), 2575622952960078),
  ('dice vector, the smallest integer', CAST(dice(-9223372036854775808) * 9007199254740992 AS INTEGER), 5219757333157052),
  ('dice vector, 1.0 is 1', CAST(dice(1.0) * 9007199254740992 AS INTEGER), 2676640230762500),
  ('dice vector, 0.0 is 0', CAST(dice(0.0) * 9007199254740992 AS INTEGER), 8765063853810142),
  ('dice vector, -0.0 is 0', CAST(dice(-0.0) * 9007199254740992 AS INTEGER), 8765063853810142),
  ('dice vector, 2^53 as a REAL is an integer', CAST(dice(9007199254740992.0) * 9007199254740992 AS INTEGER), 546224217464350),
  ('dice vector, -2^53 as a REAL is an integer', CAST(dice(-9007199254740992.0) * 9007199254740992 AS INTEGER), 4534397635242266),
  ('dice vector, 2^53 + 2 as a REAL is none', CAST(dice(9007199254740994.0) * 9007199254740992 AS INTEGER), 1404880784405554),
  ('dice vector, 0.5', CAST(dice(0.5) * 9007199254740992 AS INTEGER), 5304721846384114),
  ('dice vector, -2.75', CAST(dice(-2.75) * 9007199254740992 AS INTEGER), 4852065774253047),
  ('dice vector, 1e300', CAST(dice(1e300) * 9007199254740992 AS INTEGER), 2479276581130858),
  ('dice vector, infinity', CAST(dice(9e999) * 9007199254740992 AS INTEGER), 1952440299162166),
  ('dice vector, minus infinity', CAST(dice(-9e999) * 9007199254740992 AS INTEGER), 5176183907367644),
  ('dice vector, text is not the number it spells', CAST(dice('1') * 9007199254740992 AS INTEGER), 7884515450965269),
  ('dice vector, a BLOB is not the text of its bytes', CAST(dice(x'31') * 9007199254740992 AS INTEGER), 6994491911536959),
  ('dice vector, text is its UTF-8', CAST(dice('ö') * 9007199254740992 AS INTEGER), 148310845902285),
  ('dice vector, letter case counts', CAST(dice('A') * 9007199254740992 AS INTEGER), 5637388754954249),
  ('dice vector, a', CAST(dice('a') * 9007199254740992 AS INTEGER), 5020684532522804),
  ('dice vector, zeros in text count', CAST(dice('a' || char(0) || 'b') * 9007199254740992 AS INTEGER), 4304363765599708),
  ('dice vector, zeros in a BLOB count', CAST(dice(x'6100ff') * 9007199254740992 AS INTEGER), 5450328301356737),
  ('dice vector, two arguments', CAST(dice('seed', 1) * 9007199254740992 AS INTEGER), 8435613545973343),
  ('dice vector, two texts', CAST(dice('seed', '1') * 9007199254740992 AS INTEGER), 3540524225722723),
  ('dice vector, one text of both', CAST(dice('seed1') * 9007199254740992 AS INTEGER), 5916904768057945),
  ('dice vector, ab and c', CAST(dice('ab', 'c') * 9007199254740992 AS INTEGER), 1554055446153131),
  ('dice vector, a and bc', CAST(dice('a', 'bc') * 9007199254740992 AS INTEGER), 6549476280788529),
  ('dice vector, a NULL behind', CAST(dice('seed', NULL) * 9007199254740992 AS INTEGER), 30187565296596),
  ('dice vector, two NULLs behind', CAST(dice('seed', NULL, NULL) * 9007199254740992 AS INTEGER), 7950518780861281),
  ('dice vector, 1 and 2', CAST(dice(1, 2) * 9007199254740992 AS INTEGER), 8309266122489981),
  ('dice vector, 2 and 1', CAST(dice(2, 1) * 9007199254740992 AS INTEGER), 5902707493901174),
  ('dice vector, three arguments', CAST(dice('secret', 'message', 12) * 9007199254740992 AS INTEGER), 333620481523887);

VALUES
  ('dice is a REAL', typeof(dice('seed')), 'real'),
  ('dice of the same is the same', dice('seed', 1) = dice('seed', 1), 1),
  ('dice of a number of one argument is that of its integral REAL', dice('seed', 12.0) = dice('seed', 12), 1),
  ('dice takes a hundred arguments',
   dice(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99) BETWEEN 0 AND 1, 1);

WITH RECURSIVE message(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM message WHERE id < 20000),
  thrown(u) AS (SELECT dice('seed', id) FROM message)
SELECT 'dice is never below 0', min(u) >= 0, 1 FROM thrown
UNION ALL SELECT 'dice is always below 1', max(u) < 1, 1 FROM thrown
UNION ALL SELECT 'dice is as often in each tenth', min(n) > 1850 AND max(n) < 2150, 1
  FROM (SELECT count(*) AS n FROM thrown GROUP BY CAST(u * 10 AS INTEGER))
UNION ALL SELECT 'dice is never twice the same for other arguments', count(DISTINCT u), 20000 FROM thrown;

-- error dice without a seed: dice: seed must be given
SELECT dice();
