-- flag_severity(flag) and flag_penalty(flag, count [, growth]): what a member's flags cost.

-- The built-in flags.
SELECT column1, flag_severity(column1)
  FROM (VALUES ('DEATH'), ('CHILD_SAFETY'), ('VIOLENCE'), ('HATE'), ('SELF_HARM_PROMOTION'), ('PRIVACY'),
               ('SEXUAL'), ('HARASSMENT'), ('IMPERSONATION'), ('MISINFORMATION'), ('OTHER'), ('SPAM'), ('SELF_HARM'));
SELECT 'any letter case', flag_severity('Spam'), flag_severity('child_safety');
-- Anything else has none.
SELECT 'unknown', flag_severity('RUDE'), flag_severity(''), flag_severity('SPAM '), flag_severity(NULL),
       flag_severity(10), flag_severity(x'5350414D');

-- trunc(severity * ln(1 + count * growth)), growth 0.5 and then 1.
SELECT flag, flag_penalty(flag, 1), flag_penalty(flag, 2), flag_penalty(flag, 3), flag_penalty(flag, 5)
  FROM (SELECT 'DEATH' AS flag UNION ALL SELECT 'SPAM');
SELECT flag, flag_penalty(flag, 1, 1.0), flag_penalty(flag, 2, 1.0), flag_penalty(flag, 3, 1.0), flag_penalty(flag, 5, 1.0)
  FROM (SELECT 'DEATH' AS flag UNION ALL SELECT 'SPAM');
SELECT 'type', typeof(flag_penalty('spam', 1));

-- A flag without a penalty calls a moderator instead.
SELECT 'no penalty', flag_penalty('SELF_HARM', 100);
SELECT 'no flag', flag_penalty('DEATH', 0), flag_penalty('DEATH', -3), flag_penalty('DEATH', -9223372036854775808);
SELECT 'no growth', flag_penalty('DEATH', 100, 0);

-- Points of one's own, also as text.
SELECT 'points', flag_penalty(45, 2, 1.0), flag_penalty('45', 2, 1.0), flag_penalty(0, 5), flag_penalty(0.5, 20),
       flag_penalty(1000000, 1, 1);
SELECT 'very many', flag_penalty('DEATH', 9223372036854775807);

SELECT 'NULL', flag_penalty(NULL, 1), flag_penalty('SPAM', NULL), flag_penalty('SPAM', 1, NULL);
SELECT 'numbers', flag_penalty('SPAM', 2.0), flag_penalty('SPAM', '2', '0.5');

SELECT flag_penalty('RUDE', 1);
SELECT flag_penalty('', 1);
SELECT flag_penalty(-1, 1);
SELECT flag_penalty(1000001, 1);
SELECT flag_penalty(9e999, 1);
SELECT flag_penalty(x'5350414D', 1);
SELECT flag_penalty('SPAM', 1.5);
SELECT flag_penalty('SPAM', 'twice');
SELECT flag_penalty('SPAM', 9e999);
SELECT flag_penalty('SPAM', x'01');
SELECT flag_penalty('SPAM', 1, -0.5);
SELECT flag_penalty('SPAM', 1, 'fast');
SELECT flag_penalty('SPAM', 1, 9e999);
SELECT flag_penalty('SPAM', 1, x'');
SELECT flag_penalty('DEATH', 9223372036854775807, 1e300);
SELECT 'large, but an integer', flag_penalty('DEATH', 9223372036854775807, 1000);
-- A NUL ends no name.
SELECT flag_penalty('SPAM' || char(0) || 'x', 1);
SELECT 'flag_severity', flag_severity('SPAM' || char(0));
