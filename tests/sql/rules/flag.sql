-- flag_severity(flag) and flag_penalty(flag, count [, growth]).
-- plan 93

VALUES
  ('flag_severity, DEATH has 100 points', flag_severity('DEATH'), 100),
  ('flag_severity, CHILD_SAFETY has 100 points', flag_severity('CHILD_SAFETY'), 100),
  ('flag_severity, VIOLENCE has 80 points', flag_severity('VIOLENCE'), 80),
  ('flag_severity, HATE has 70 points', flag_severity('HATE'), 70),
  ('flag_severity, SELF_HARM_PROMOTION has 70 points', flag_severity('SELF_HARM_PROMOTION'), 70),
  ('flag_severity, PRIVACY has 60 points', flag_severity('PRIVACY'), 60),
  ('flag_severity, SEXUAL has 60 points', flag_severity('SEXUAL'), 60),
  ('flag_severity, HARASSMENT has 50 points', flag_severity('HARASSMENT'), 50),
  ('flag_severity, IMPERSONATION has 40 points', flag_severity('IMPERSONATION'), 40),
  ('flag_severity, MISINFORMATION has 30 points', flag_severity('MISINFORMATION'), 30),
  ('flag_severity, OTHER has 20 points', flag_severity('OTHER'), 20),
  ('flag_severity, SPAM has 10 points', flag_severity('SPAM'), 10),
  ('flag_severity, SELF_HARM has 0 points', flag_severity('SELF_HARM'), 0),
  ('flag_severity, lower case', flag_severity('child_safety'), 100),
  ('flag_severity, mixed case', flag_severity('Spam'), 10),
  ('flag_severity of an unknown flag is NULL', flag_severity('RUDE'), NULL),
  ('flag_severity of no name is NULL', flag_severity(''), NULL),
  ('flag_severity of a name with a space behind is NULL', flag_severity('SPAM '), NULL),
  ('flag_severity of a name with a zero behind is NULL', flag_severity('SPAM' || char(0)), NULL),
  ('flag_severity of a number is NULL', flag_severity(10), NULL),
  ('flag_severity of a BLOB is NULL', flag_severity(x'5350414D'), NULL),
  ('flag_severity of NULL is NULL', flag_severity(NULL), NULL);

-- Vectors: the page's for DEATH and SPAM.
VALUES
  ('flag_penalty vector, DEATH x 1', flag_penalty('DEATH', 1), 40),
  ('flag_penalty vector, DEATH x 2', flag_penalty('DEATH', 2), 69),
  ('flag_penalty vector, DEATH x 3', flag_penalty('DEATH', 3), 91),
  ('flag_penalty vector, DEATH x 5', flag_penalty('DEATH', 5), 125),
  ('flag_penalty vector, SPAM x 1', flag_penalty('SPAM', 1), 4),
  ('flag_penalty vector, SPAM x 2', flag_penalty('SPAM', 2), 6),
  ('flag_penalty vector, SPAM x 3', flag_penalty('SPAM', 3), 9),
  ('flag_penalty vector, SPAM x 5', flag_penalty('SPAM', 5), 12),
  ('flag_penalty vector, DEATH x 1 at growth 1.0', flag_penalty('DEATH', 1, 1.0), 69),
  ('flag_penalty vector, DEATH x 2 at growth 1.0', flag_penalty('DEATH', 2, 1.0), 109),
  ('flag_penalty vector, DEATH x 3 at growth 1.0', flag_penalty('DEATH', 3, 1.0), 138),
  ('flag_penalty vector, DEATH x 5 at growth 1.0', flag_penalty('DEATH', 5, 1.0), 179),
  ('flag_penalty vector, SPAM x 1 at growth 1.0', flag_penalty('SPAM', 1, 1.0), 6),
  ('flag_penalty vector, SPAM x 2 at growth 1.0', flag_penalty('SPAM', 2, 1.0), 10),
  ('flag_penalty vector, SPAM x 3 at growth 1.0', flag_penalty('SPAM', 3, 1.0), 13),
  ('flag_penalty vector, SPAM x 5 at growth 1.0', flag_penalty('SPAM', 5, 1.0), 17),
  ('flag_penalty, CHILD_SAFETY x 3 is trunc(100 * ln(2.5))', flag_penalty('CHILD_SAFETY', 3), 91),
  ('flag_penalty, VIOLENCE x 3 is trunc(80 * ln(2.5))', flag_penalty('VIOLENCE', 3), 73),
  ('flag_penalty, HATE x 3 is trunc(70 * ln(2.5))', flag_penalty('HATE', 3), 64),
  ('flag_penalty, SELF_HARM_PROMOTION x 3 is trunc(70 * ln(2.5))', flag_penalty('SELF_HARM_PROMOTION', 3), 64),
  ('flag_penalty, PRIVACY x 3 is trunc(60 * ln(2.5))', flag_penalty('PRIVACY', 3), 54),
  ('flag_penalty, SEXUAL x 3 is trunc(60 * ln(2.5))', flag_penalty('SEXUAL', 3), 54),
  ('flag_penalty, HARASSMENT x 3 is trunc(50 * ln(2.5))', flag_penalty('HARASSMENT', 3), 45),
  ('flag_penalty, IMPERSONATION x 3 is trunc(40 * ln(2.5))', flag_penalty('IMPERSONATION', 3), 36),
  ('flag_penalty, MISINFORMATION x 3 is trunc(30 * ln(2.5))', flag_penalty('MISINFORMATION', 3), 27),
  ('flag_penalty, OTHER x 3 is trunc(20 * ln(2.5))', flag_penalty('OTHER', 3), 18),
  ('flag_penalty, SELF_HARM x 3 is trunc(0 * ln(2.5))', flag_penalty('SELF_HARM', 3), 0),
  ('flag_penalty, growth is 0.5', flag_penalty('DEATH', 2) = flag_penalty('DEATH', 2, 0.5), 1),
  ('flag_penalty, growth 0 costs nothing', flag_penalty('DEATH', 100, 0), 0),
  ('flag_penalty, growth 1000', flag_penalty('DEATH', 1, 1000), 690),
  ('flag_penalty truncates, it does not round', flag_penalty('SPAM', 3, 1.0), 13),
  ('flag_penalty of count 0 is 0', flag_penalty('DEATH', 0), 0),
  ('flag_penalty of count -1 is 0', flag_penalty('DEATH', -1), 0),
  ('flag_penalty of the smallest count is 0', flag_penalty('DEATH', -9223372036854775808), 0),
  ('flag_penalty of the largest count', flag_penalty('DEATH', 9223372036854775807), 4297),
  ('flag_penalty of SELF_HARM is 0 for any count', flag_penalty('SELF_HARM', 1000), 0),
  ('flag_penalty, lower case', flag_penalty('death', 2), 69),
  ('flag_penalty, mixed case', flag_penalty('DeAtH', 2), 69),
  ('flag_penalty of points', flag_penalty(45, 2, 1.0), 49),
  ('flag_penalty of points with a fraction', flag_penalty(0.5, 20), 1),
  ('flag_penalty of points as text', flag_penalty('45', 2, 1.0), 49),
  ('flag_penalty of 0 points', flag_penalty(0, 100), 0),
  ('flag_penalty of 1000000 points', flag_penalty(1000000, 1, 1), 693147),
  ('flag_penalty of an own flag''s points is that of the built-in one', flag_penalty(100, 2), 69),
  ('flag_penalty, count may be a REAL without a fraction', flag_penalty('DEATH', 2.0), 69),
  ('flag_penalty, count may be 2^53 as a REAL', flag_penalty('DEATH', 9007199254740992.0), 3604),
  ('flag_penalty, count and growth may be text', flag_penalty('DEATH', '2', '0.5'), 69),
  ('flag_penalty, flag NULL is NULL', flag_penalty(NULL, 1), NULL),
  ('flag_penalty, count NULL is NULL', flag_penalty('SPAM', NULL), NULL),
  ('flag_penalty, growth NULL is NULL', flag_penalty('SPAM', 1, NULL), NULL);

-- What is refused.
-- error flag_penalty refuses flag that is another word: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not 'RUDE'
SELECT flag_penalty('RUDE', 1);
-- error flag_penalty refuses flag that is no word: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not ''
SELECT flag_penalty('', 1);
-- error flag_penalty refuses flag that is a name with a space behind: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not 'SPAM '
SELECT flag_penalty('SPAM ', 1);
-- error flag_penalty refuses flag that is a name with a zero behind: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not 'SPAM.'
SELECT flag_penalty('SPAM' || char(0), 1);
-- error flag_penalty refuses flag that is a BLOB: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not a BLOB of length 1
SELECT flag_penalty(x'00', 1);
-- error flag_penalty refuses flag of infinity: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not Inf
SELECT flag_penalty(9e999, 1);
-- error flag_penalty refuses flag of minus infinity: flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not -Inf
SELECT flag_penalty(-9e999, 1);
-- error flag_penalty refuses flag below its range (-0.001): flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not -0.001
SELECT flag_penalty(-0.001, 1);
-- error flag_penalty refuses flag above its range (1000000.001): flag_penalty: flag must be a built-in flag such as 'SPAM' or a number of points between 0 and 1000000, not 1000000.001
SELECT flag_penalty(1000000.001, 1);
-- error flag_penalty refuses count that is text: flag_penalty: count must be an integer, not 'x'
SELECT flag_penalty('SPAM', 'x');
-- error flag_penalty refuses count that is a BLOB: flag_penalty: count must be an integer, not a BLOB of length 1
SELECT flag_penalty('SPAM', x'00');
-- error flag_penalty refuses count of infinity: flag_penalty: count must be an integer, not Inf
SELECT flag_penalty('SPAM', 9e999);
-- error flag_penalty refuses count of minus infinity: flag_penalty: count must be an integer, not -Inf
SELECT flag_penalty('SPAM', -9e999);
-- error flag_penalty refuses count with a fraction: flag_penalty: count must be an integer, not 1.5
SELECT flag_penalty('SPAM', 1.5);
-- error flag_penalty refuses count that is a REAL above 2^53: flag_penalty: count must be an integer, not 9.00719925474099e+15
SELECT flag_penalty('SPAM', 9007199254740994.0);
-- error flag_penalty refuses growth that is text: flag_penalty: growth must be between 0 and 1000, not 'x'
SELECT flag_penalty('SPAM', 1, 'x');
-- error flag_penalty refuses growth that is a BLOB: flag_penalty: growth must be between 0 and 1000, not a BLOB of length 1
SELECT flag_penalty('SPAM', 1, x'00');
-- error flag_penalty refuses growth of infinity: flag_penalty: growth must be between 0 and 1000, not Inf
SELECT flag_penalty('SPAM', 1, 9e999);
-- error flag_penalty refuses growth of minus infinity: flag_penalty: growth must be between 0 and 1000, not -Inf
SELECT flag_penalty('SPAM', 1, -9e999);
-- error flag_penalty refuses growth below its range (-0.001): flag_penalty: growth must be between 0 and 1000, not -0.001
SELECT flag_penalty('SPAM', 1, -0.001);
-- error flag_penalty refuses growth above its range (1000.001): flag_penalty: growth must be between 0 and 1000, not 1000.001
SELECT flag_penalty('SPAM', 1, 1000.001);
