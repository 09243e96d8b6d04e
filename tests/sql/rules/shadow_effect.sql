-- shadow_effect(progress [, model [, tool_calls [, overflow_s [, seed]]]]).
-- plan 340

-- The curve: its knots to the last bit,
VALUES
  ('shadow_effect, latency_i at 0.0', (SELECT latency_i FROM shadow_effect(0.0)), 0.0),
  ('shadow_effect, drops_i at 0.0', (SELECT drops_i FROM shadow_effect(0.0)), 0.0),
  ('shadow_effect, fake_503_i at 0.0', (SELECT fake_503_i FROM shadow_effect(0.0)), 0.0),
  ('shadow_effect, blackout_i at 0.0', (SELECT blackout_i FROM shadow_effect(0.0)), 0.0),
  ('shadow_effect, latency_i at 0.1', (SELECT latency_i FROM shadow_effect(0.1)), 0.25),
  ('shadow_effect, drops_i at 0.1', (SELECT drops_i FROM shadow_effect(0.1)), 0.0),
  ('shadow_effect, fake_503_i at 0.1', (SELECT fake_503_i FROM shadow_effect(0.1)), 0.0),
  ('shadow_effect, blackout_i at 0.1', (SELECT blackout_i FROM shadow_effect(0.1)), 0.0),
  ('shadow_effect, latency_i at 0.2', (SELECT latency_i FROM shadow_effect(0.2)), 0.6),
  ('shadow_effect, drops_i at 0.2', (SELECT drops_i FROM shadow_effect(0.2)), 0.1),
  ('shadow_effect, fake_503_i at 0.2', (SELECT fake_503_i FROM shadow_effect(0.2)), 0.0),
  ('shadow_effect, blackout_i at 0.2', (SELECT blackout_i FROM shadow_effect(0.2)), 0.0),
  ('shadow_effect, latency_i at 0.35', (SELECT latency_i FROM shadow_effect(0.35)), 0.75),
  ('shadow_effect, drops_i at 0.35', (SELECT drops_i FROM shadow_effect(0.35)), 0.35),
  ('shadow_effect, fake_503_i at 0.35', (SELECT fake_503_i FROM shadow_effect(0.35)), 0.0),
  ('shadow_effect, blackout_i at 0.35', (SELECT blackout_i FROM shadow_effect(0.35)), 0.0),
  ('shadow_effect, latency_i at 0.45', (SELECT latency_i FROM shadow_effect(0.45)), 0.75),
  ('shadow_effect, drops_i at 0.45', (SELECT drops_i FROM shadow_effect(0.45)), 0.5),
  ('shadow_effect, fake_503_i at 0.45', (SELECT fake_503_i FROM shadow_effect(0.45)), 0.1),
  ('shadow_effect, blackout_i at 0.45', (SELECT blackout_i FROM shadow_effect(0.45)), 0.0),
  ('shadow_effect, latency_i at 0.6', (SELECT latency_i FROM shadow_effect(0.6)), 0.75),
  ('shadow_effect, drops_i at 0.6', (SELECT drops_i FROM shadow_effect(0.6)), 0.6),
  ('shadow_effect, fake_503_i at 0.6', (SELECT fake_503_i FROM shadow_effect(0.6)), 0.35),
  ('shadow_effect, blackout_i at 0.6', (SELECT blackout_i FROM shadow_effect(0.6)), 0.0),
  ('shadow_effect, latency_i at 0.7', (SELECT latency_i FROM shadow_effect(0.7)), 0.75),
  ('shadow_effect, drops_i at 0.7', (SELECT drops_i FROM shadow_effect(0.7)), 0.6),
  ('shadow_effect, fake_503_i at 0.7', (SELECT fake_503_i FROM shadow_effect(0.7)), 0.5),
  ('shadow_effect, blackout_i at 0.7', (SELECT blackout_i FROM shadow_effect(0.7)), 0.1),
  ('shadow_effect, latency_i at 0.85', (SELECT latency_i FROM shadow_effect(0.85)), 0.75),
  ('shadow_effect, drops_i at 0.85', (SELECT drops_i FROM shadow_effect(0.85)), 0.6),
  ('shadow_effect, fake_503_i at 0.85', (SELECT fake_503_i FROM shadow_effect(0.85)), 0.6),
  ('shadow_effect, blackout_i at 0.85', (SELECT blackout_i FROM shadow_effect(0.85)), 0.5),
  ('shadow_effect, latency_i at 1.0', (SELECT latency_i FROM shadow_effect(1.0)), 0.75),
  ('shadow_effect, drops_i at 1.0', (SELECT drops_i FROM shadow_effect(1.0)), 0.6),
  ('shadow_effect, fake_503_i at 1.0', (SELECT fake_503_i FROM shadow_effect(1.0)), 0.7),
  ('shadow_effect, blackout_i at 1.0', (SELECT blackout_i FROM shadow_effect(1.0)), 0.95);

-- points half way between them,
VALUES
  ('shadow_effect, latency_i at 0.05, half way', round((SELECT latency_i FROM shadow_effect(0.05)), 12), 0.125),
  ('shadow_effect, drops_i at 0.05, half way', round((SELECT drops_i FROM shadow_effect(0.05)), 12), 0.0),
  ('shadow_effect, fake_503_i at 0.05, half way', round((SELECT fake_503_i FROM shadow_effect(0.05)), 12), 0.0),
  ('shadow_effect, blackout_i at 0.05, half way', round((SELECT blackout_i FROM shadow_effect(0.05)), 12), 0.0),
  ('shadow_effect, latency_i at 0.15, half way', round((SELECT latency_i FROM shadow_effect(0.15)), 12), 0.425),
  ('shadow_effect, drops_i at 0.15, half way', round((SELECT drops_i FROM shadow_effect(0.15)), 12), 0.05),
  ('shadow_effect, fake_503_i at 0.15, half way', round((SELECT fake_503_i FROM shadow_effect(0.15)), 12), 0.0),
  ('shadow_effect, blackout_i at 0.15, half way', round((SELECT blackout_i FROM shadow_effect(0.15)), 12), 0.0),
  ('shadow_effect, latency_i at 0.275, half way', round((SELECT latency_i FROM shadow_effect(0.275)), 12), 0.675),
  ('shadow_effect, drops_i at 0.275, half way', round((SELECT drops_i FROM shadow_effect(0.275)), 12), 0.225),
  ('shadow_effect, fake_503_i at 0.275, half way', round((SELECT fake_503_i FROM shadow_effect(0.275)), 12), 0.0),
  ('shadow_effect, blackout_i at 0.275, half way', round((SELECT blackout_i FROM shadow_effect(0.275)), 12), 0.0),
  ('shadow_effect, latency_i at 0.4, half way', round((SELECT latency_i FROM shadow_effect(0.4)), 12), 0.75),
  ('shadow_effect, drops_i at 0.4, half way', round((SELECT drops_i FROM shadow_effect(0.4)), 12), 0.425),
  ('shadow_effect, fake_503_i at 0.4, half way', round((SELECT fake_503_i FROM shadow_effect(0.4)), 12), 0.05),
  ('shadow_effect, blackout_i at 0.4, half way', round((SELECT blackout_i FROM shadow_effect(0.4)), 12), 0.0),
  ('shadow_effect, latency_i at 0.525, half way', round((SELECT latency_i FROM shadow_effect(0.525)), 12), 0.75),
  ('shadow_effect, drops_i at 0.525, half way', round((SELECT drops_i FROM shadow_effect(0.525)), 12), 0.55),
  ('shadow_effect, fake_503_i at 0.525, half way', round((SELECT fake_503_i FROM shadow_effect(0.525)), 12), 0.225),
  ('shadow_effect, blackout_i at 0.525, half way', round((SELECT blackout_i FROM shadow_effect(0.525)), 12), 0.0),
  ('shadow_effect, latency_i at 0.65, half way', round((SELECT latency_i FROM shadow_effect(0.65)), 12), 0.75),
  ('shadow_effect, drops_i at 0.65, half way', round((SELECT drops_i FROM shadow_effect(0.65)), 12), 0.6),
  ('shadow_effect, fake_503_i at 0.65, half way', round((SELECT fake_503_i FROM shadow_effect(0.65)), 12), 0.425),
  ('shadow_effect, blackout_i at 0.65, half way', round((SELECT blackout_i FROM shadow_effect(0.65)), 12), 0.05),
  ('shadow_effect, latency_i at 0.775, half way', round((SELECT latency_i FROM shadow_effect(0.775)), 12), 0.75),
  ('shadow_effect, drops_i at 0.775, half way', round((SELECT drops_i FROM shadow_effect(0.775)), 12), 0.6),
  ('shadow_effect, fake_503_i at 0.775, half way', round((SELECT fake_503_i FROM shadow_effect(0.775)), 12), 0.55),
  ('shadow_effect, blackout_i at 0.775, half way', round((SELECT blackout_i FROM shadow_effect(0.775)), 12), 0.3),
  ('shadow_effect, latency_i at 0.925, half way', round((SELECT latency_i FROM shadow_effect(0.925)), 12), 0.75),
  ('shadow_effect, drops_i at 0.925, half way', round((SELECT drops_i FROM shadow_effect(0.925)), 12), 0.6),
  ('shadow_effect, fake_503_i at 0.925, half way', round((SELECT fake_503_i FROM shadow_effect(0.925)), 12), 0.65),
  ('shadow_effect, blackout_i at 0.925, half way', round((SELECT blackout_i FROM shadow_effect(0.925)), 12), 0.725);

-- and what is between.
VALUES
  ('shadow_effect, just below 0.1 all is as at 0.1 but for rounding', (SELECT at_progress < 0.1 AND latency_i BETWEEN 0.25 - 1e-12 AND 0.25 AND drops_i BETWEEN 0.0 - 1e-12 AND 0.0 AND fake_503_i BETWEEN 0.0 - 1e-12 AND 0.0 AND blackout_i BETWEEN 0.0 - 1e-12 AND 0.0 FROM shadow_effect(0.1 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 0.2 all is as at 0.2 but for rounding', (SELECT at_progress < 0.2 AND latency_i BETWEEN 0.6 - 1e-12 AND 0.6 AND drops_i BETWEEN 0.1 - 1e-12 AND 0.1 AND fake_503_i BETWEEN 0.0 - 1e-12 AND 0.0 AND blackout_i BETWEEN 0.0 - 1e-12 AND 0.0 FROM shadow_effect(0.2 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 0.35 all is as at 0.35 but for rounding', (SELECT at_progress < 0.35 AND latency_i BETWEEN 0.75 - 1e-12 AND 0.75 AND drops_i BETWEEN 0.35 - 1e-12 AND 0.35 AND fake_503_i BETWEEN 0.0 - 1e-12 AND 0.0 AND blackout_i BETWEEN 0.0 - 1e-12 AND 0.0 FROM shadow_effect(0.35 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 0.45 all is as at 0.45 but for rounding', (SELECT at_progress < 0.45 AND latency_i BETWEEN 0.75 - 1e-12 AND 0.75 AND drops_i BETWEEN 0.5 - 1e-12 AND 0.5 AND fake_503_i BETWEEN 0.1 - 1e-12 AND 0.1 AND blackout_i BETWEEN 0.0 - 1e-12 AND 0.0 FROM shadow_effect(0.45 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 0.6 all is as at 0.6 but for rounding', (SELECT at_progress < 0.6 AND latency_i BETWEEN 0.75 - 1e-12 AND 0.75 AND drops_i BETWEEN 0.6 - 1e-12 AND 0.6 AND fake_503_i BETWEEN 0.35 - 1e-12 AND 0.35 AND blackout_i BETWEEN 0.0 - 1e-12 AND 0.0 FROM shadow_effect(0.6 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 0.7 all is as at 0.7 but for rounding', (SELECT at_progress < 0.7 AND latency_i BETWEEN 0.75 - 1e-12 AND 0.75 AND drops_i BETWEEN 0.6 - 1e-12 AND 0.6 AND fake_503_i BETWEEN 0.5 - 1e-12 AND 0.5 AND blackout_i BETWEEN 0.1 - 1e-12 AND 0.1 FROM shadow_effect(0.7 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 0.85 all is as at 0.85 but for rounding', (SELECT at_progress < 0.85 AND latency_i BETWEEN 0.75 - 1e-12 AND 0.75 AND drops_i BETWEEN 0.6 - 1e-12 AND 0.6 AND fake_503_i BETWEEN 0.6 - 1e-12 AND 0.6 AND blackout_i BETWEEN 0.5 - 1e-12 AND 0.5 FROM shadow_effect(0.85 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, just below 1.0 all is as at 1.0 but for rounding', (SELECT at_progress < 1.0 AND latency_i BETWEEN 0.75 - 1e-12 AND 0.75 AND drops_i BETWEEN 0.6 - 1e-12 AND 0.6 AND fake_503_i BETWEEN 0.7 - 1e-12 AND 0.7 AND blackout_i BETWEEN 0.95 - 1e-12 AND 0.95 FROM shadow_effect(1.0 * (1 - 1.1102230246251565e-16))), 1),
  ('shadow_effect, latency is 0.75 from 0.35 on, to the last bit', (WITH RECURSIVE step(nr) AS (SELECT 350 UNION ALL SELECT nr + 1 FROM step WHERE nr < 1000) SELECT count(*) FROM step, shadow_effect(nr / 1000.0) WHERE latency_i = 0.75), 651),
  ('shadow_effect, nothing of the curve ever falls', (WITH RECURSIVE step(nr) AS (SELECT 0 UNION ALL SELECT nr + 1 FROM step WHERE nr < 1999) SELECT count(*) FROM step, shadow_effect(nr / 2000.0) AS one, shadow_effect((nr + 1) / 2000.0) AS two WHERE one.latency_i > two.latency_i OR one.drops_i > two.drops_i OR one.fake_503_i > two.fake_503_i OR one.blackout_i > two.blackout_i OR one.answered_p < two.answered_p), 0);

-- The chance of an answer: nothing in the way of it.
VALUES
  ('shadow_effect, answered_p at 0.0', round((SELECT answered_p FROM shadow_effect(0.0)), 12), 1.0),
  ('shadow_effect, answered_p at 0.1', round((SELECT answered_p FROM shadow_effect(0.1)), 12), 1.0),
  ('shadow_effect, answered_p at 0.2', round((SELECT answered_p FROM shadow_effect(0.2)), 12), 0.9),
  ('shadow_effect, answered_p at 0.35', round((SELECT answered_p FROM shadow_effect(0.35)), 12), 0.65),
  ('shadow_effect, answered_p at 0.45', round((SELECT answered_p FROM shadow_effect(0.45)), 12), 0.45),
  ('shadow_effect, answered_p at 0.6', round((SELECT answered_p FROM shadow_effect(0.6)), 12), 0.26),
  ('shadow_effect, answered_p at 0.7', round((SELECT answered_p FROM shadow_effect(0.7)), 12), 0.18),
  ('shadow_effect, answered_p at 0.85', round((SELECT answered_p FROM shadow_effect(0.85)), 12), 0.08),
  ('shadow_effect, answered_p at 1.0', round((SELECT answered_p FROM shadow_effect(1.0)), 12), 0.0),
  ('shadow_effect, answered_p at 0.65', round((SELECT answered_p FROM shadow_effect(0.65)), 12), 0.2185);

-- Draws, outcomes and delays that another program worked out from the description of dice and of the curve. A delay is
-- rounded, as logarithms are; bits below are to the last.
CREATE TABLE vector(nr INTEGER PRIMARY KEY, progress, model, calls, overflow_s, seed, outcome, delay_s);
INSERT INTO vector VALUES
  (1, 0.1, NULL, 0, 0, 0, 'answered', 18.608512205),
  (2, 0.2, 'claude-opus-4', 0, 0, 3, 'answered', 83.897400469),
  (3, 0.35, 'gpt-4o-mini', 0, 0, 'message 2', 'dropped', 0.0),
  (4, 0.45, 2.5, 0, 0, 0.5, 'answered', 20.862752114),
  (5, 0.6, 'claude-sonnet', 1, 0, 2, 'answered', 78.422391007),
  (6, 0.7, NULL, 1, 0, -9223372036854775808, 'answered', 66.14167316),
  (7, 0.85, 'claude-opus-4', 5, -3.0, 'ö', 'blackout', 0.0),
  (8, 1.0, 'gpt-4o-mini', 5, -3.0, 0, 'banned', 0.0),
  (9, 0.275, 2.5, 0, -3.0, 3, 'answered', 15.730762588),
  (10, 0.65, 'claude-sonnet', 0, 2.5, 'message 2', 'dropped', 0.0),
  (11, 0.775, NULL, 0, 2.5, 0.5, 'blackout', 0.0),
  (12, 0.925, 'claude-opus-4', 0, 2.5, 2, 'answered', 120.833980424),
  (13, 0.1, 'gpt-4o-mini', 1, 0, -1, 'answered', 10.703566699),
  (14, 0.2, 2.5, 1, 0, 'message 1', 'dropped', 0.0),
  (15, 0.35, 'claude-sonnet', 5, 0, NULL, 'answered', 104.585182071),
  (16, 0.45, NULL, 5, 0, 1, 'answered', 100.339911199),
  (17, 0.6, 'claude-opus-4', 0, 0, 9007199254740993, 'answered', 117.688447416),
  (18, 0.7, 'gpt-4o-mini', 0, 0, '', 'answered', 32.280454119),
  (19, 0.85, 2.5, 0, -3.0, x'00ff', 'answered', 18.300614257),
  (20, 1.0, 'claude-sonnet', 0, -3.0, -1, 'banned', 0.0),
  (21, 0.275, NULL, 1, -3.0, 'message 1', 'dropped', 0.0),
  (22, 0.65, 'claude-opus-4', 1, 2.5, NULL, 'fake_503', 15.330442276),
  (23, 0.775, 'gpt-4o-mini', 5, 2.5, 1, 'blackout', 0.0),
  (24, 0.925, 2.5, 5, 2.5, 9007199254740993, 'blackout', 0.0),
  (25, 0.1, 'claude-sonnet', 0, 0, -9223372036854775808, 'answered', 17.742795379),
  (26, 0.2, NULL, 0, 0, 'ö', 'answered', 42.990042287),
  (27, 0.35, 'claude-opus-4', 0, 0, 0, 'answered', 104.672881155),
  (28, 0.45, 'gpt-4o-mini', 0, 0, 3, 'dropped', 0.0),
  (29, 0.6, 2.5, 1, 0, 'message 2', 'dropped', 0.0),
  (30, 0.7, 'claude-sonnet', 1, 0, 0.5, 'blackout', 0.0),
  (31, 0.85, NULL, 5, -3.0, 2, 'answered', 102.689648485),
  (32, 1.0, 'claude-opus-4', 5, -3.0, -9223372036854775808, 'banned', 0.0),
  (33, 0.275, 'gpt-4o-mini', 0, -3.0, 'ö', 'answered', 24.181898787),
  (34, 0.65, 2.5, 0, 2.5, 0, 'fake_503', 12.701278058),
  (35, 0.775, 'claude-sonnet', 0, 2.5, 3, 'blackout', 0.0),
  (36, 0.925, NULL, 0, 2.5, 'message 2', 'dropped', 0.0),
  (37, 0.1, 'claude-opus-4', 1, 0, 'seed 0', 'answered', 44.048337962),
  (38, 0.2, 'gpt-4o-mini', 1, 0, 'seed 1', 'answered', 27.434331225),
  (39, 0.35, 2.5, 5, 0, 'seed 2', 'answered', 34.669846088),
  (40, 0.45, 'claude-sonnet', 5, 0, 'seed 3', 'dropped', 0.0),
  (41, 0.6, NULL, 0, 0, 'seed 4', 'answered', 66.765057799),
  (42, 0.7, 'claude-opus-4', 0, 0, 'seed 5', 'dropped', 0.0),
  (43, 0.85, 'gpt-4o-mini', 0, -3.0, 'seed 6', 'dropped', 0.0),
  (44, 1.0, 2.5, 0, -3.0, 'seed 7', 'banned', 0.0),
  (45, 0.275, 'claude-sonnet', 1, -3.0, 'seed 8', 'answered', 63.71449922),
  (46, 0.65, NULL, 1, 2.5, 'seed 9', 'dropped', 0.0),
  (47, 0.775, 'claude-opus-4', 5, 2.5, 'seed 10', 'fake_503', 16.542898884),
  (48, 0.925, 'gpt-4o-mini', 5, 2.5, 'seed 11', 'dropped', 0.0);
SELECT 'shadow_effect vector ' || nr || ', outcome', CASE WHEN banned THEN 'banned' WHEN blackout THEN 'blackout' WHEN dropped THEN 'dropped' WHEN fake_503_text IS NOT NULL THEN 'fake_503' ELSE 'answered' END, outcome
  FROM vector, shadow_effect(vector.progress, vector.model, vector.calls, vector.overflow_s, vector.seed);
SELECT 'shadow_effect vector ' || nr || ', delay', round(delay_target_s, 9), delay_s
  FROM vector, shadow_effect(vector.progress, vector.model, vector.calls, vector.overflow_s, vector.seed);

-- The delay at 0.1 with base 4 is 10 * (0.85 + 0.3 * dice(seed, 'jitter')): times 2^55 it is an integer.
VALUES
  ('shadow_effect, all bits of the jitter of seed 0', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 0)), 335221154536837696),
  ('shadow_effect, all bits of the jitter of seed 1', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 1)), 370300038659545984),
  ('shadow_effect, all bits of the jitter of seed 2', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 2)), 378971640991908480),
  ('shadow_effect, all bits of the jitter of seed -1', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, -1)), 310346179257860416),
  ('shadow_effect, all bits of the jitter of seed 3', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 3)), 335858045770250176),
  ('shadow_effect, all bits of the jitter of seed 9007199254740993', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 9007199254740993)), 376904282972857024),
  ('shadow_effect, all bits of the jitter of seed -9223372036854775808', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, -9223372036854775808)), 319625786637070336),
  ('shadow_effect, all bits of the jitter of seed ''message 1''', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 'message 1')), 399771926757198016),
  ('shadow_effect, all bits of the jitter of seed ''message 2''', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 'message 2')), 372502366730557952),
  ('shadow_effect, all bits of the jitter of seed ''''', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, '')), 387675309706194560),
  ('shadow_effect, all bits of the jitter of seed ''ö''', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 'ö')), 322683230710494656),
  ('shadow_effect, all bits of the jitter of seed NULL', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, NULL)), 385967024501116544),
  ('shadow_effect, all bits of the jitter of seed 0.5', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 0.5)), 400885259285929024),
  ('shadow_effect, all bits of the jitter of seed x''00ff''', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, x'00ff')), 351652862064549440),
  ('shadow_effect, all bits of the jitter of seed ''message 12''', (SELECT CAST(delay_target_s * 36028797018963968 AS INTEGER) FROM shadow_effect(0.1, 4, 0, 0, 'message 12')), 357495303562407040);

-- Draws.
VALUES
  ('shadow_effect, the draws are those of dice', (WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row WHERE nr < 2000)
   SELECT count(*) FROM row, shadow_effect(0.7, 'm', 0, 0, nr)
   WHERE blackout = (dice(seed, 'blackout') < 0.1)
     AND dropped = (NOT blackout AND dice(seed, 'drop') < 0.6)
     AND (fake_503_text IS NOT NULL) = (NOT blackout AND NOT dropped AND dice(seed, 'fake_503') < 0.5)
     AND NOT banned), 2000),
  ('shadow_effect, a text seed is not the number that it spells', (SELECT one.delay_target_s <> two.delay_target_s FROM shadow_effect(0.1, 4, 0, 0, 1) AS one, shadow_effect(0.1, 4, 0, 0, '1') AS two), 1),
  ('shadow_effect, a REAL seed without a fraction is that integer', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 4, 0, 0, 1) AS one, shadow_effect(0.1, 4, 0, 0, 1.0) AS two), 1),
  ('shadow_effect, no seed is the seed NULL', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 4, 0, 0) AS one, shadow_effect(0.1, 4, 0, 0, NULL) AS two), 1),
  ('shadow_effect, the same seed is the same throw', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 4, 0, 0, 'x') AS one, shadow_effect(0.1, 4, 0, 0, 'x') AS two), 1);

-- Banned, blackout, dropped, fake 503: at most one.
VALUES
  ('shadow_effect at 1 is banned', (SELECT banned || blackout || dropped || (fake_503_text IS NOT NULL) FROM shadow_effect(1)), '1000'),
  ('shadow_effect at 1.0 is banned for every seed', (SELECT count(*) FROM (VALUES (1), (2), (3), ('a'), ('b')) JOIN shadow_effect(1.0, NULL, NULL, NULL, column1) WHERE banned), 5),
  ('shadow_effect at 1 - 2^-53 is not banned', (SELECT banned FROM shadow_effect(1 - 1.1102230246251565e-16)), 0),
  ('shadow_effect at 1 - 2^-53 is 0.95 blackout', (SELECT at_progress < 1 AND round(blackout_i, 12) = 0.95 FROM shadow_effect(1 - 1.1102230246251565e-16)), 1),
  ('shadow_effect at 1 - 2^-53 has an answer now and then', (SELECT round(answered_p, 12) FROM shadow_effect(1 - 1.1102230246251565e-16)), 0.006),
  ('shadow_effect at 1 has none', (SELECT answered_p FROM shadow_effect(1)), 0.0),
  ('shadow_effect at 0 does nothing', (SELECT banned || blackout || dropped || (fake_503_text IS NOT NULL) FROM shadow_effect(0)), '0000'),
  ('shadow_effect, at most one outcome is set', (WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row WHERE nr < 4000)
   SELECT max(banned + blackout + dropped + (fake_503_text IS NOT NULL)) FROM row, shadow_effect((nr % 41) / 40.0, 'm', 0, 0, nr)), 1),
  ('shadow_effect, there is a delay just if there is an answer or a fake 503', (WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row WHERE nr < 4000)
   SELECT count(*) FROM row, shadow_effect((1 + nr % 40) / 40.0, 'm', 0, 9, nr)
   WHERE (delay_target_s > 0) = NOT (banned OR blackout OR dropped)), 4000),
  ('shadow_effect, blackout is 1 and the rest nothing', (SELECT banned || blackout || dropped || (fake_503_text IS NOT NULL) FROM shadow_effect(0.7, NULL, NULL, NULL, 1)), '0100'),
  ('shadow_effect, blackout comes before drop', (SELECT banned || blackout || dropped || (fake_503_text IS NOT NULL) FROM shadow_effect(0.85, NULL, NULL, NULL, 9)), '0100'),
  ('shadow_effect, drop comes before fake 503', (SELECT banned || blackout || dropped || (fake_503_text IS NOT NULL) FROM shadow_effect(0.85, NULL, NULL, NULL, 5)), '0010'),
  ('shadow_effect, fake 503 comes before latency', (SELECT banned || blackout || dropped || (fake_503_text IS NOT NULL) FROM shadow_effect(0.85, NULL, NULL, NULL, 4)), '0001'),
  ('shadow_effect, dropped is an INTEGER', (SELECT typeof(dropped) FROM shadow_effect(0)), 'integer'),
  ('shadow_effect, an answer has no fake_503_text', (SELECT fake_503_text FROM shadow_effect(0)), NULL);

-- What is said instead of an answer,
VALUES
  ('shadow_effect, fake_503_text names the model', (SELECT fake_503_text FROM shadow_effect(0.7, 'claude-opus-4', 0, 0, 4)), '503 Service Unavailable: no capacity available for model claude-opus-4. Retries exhausted (3/3). Please try again later.'),
  ('shadow_effect, fake_503_text without a model', (SELECT fake_503_text FROM shadow_effect(0.7, NULL, 0, 0, 4)), '503 Service Unavailable: no capacity available for model default. Retries exhausted (3/3). Please try again later.'),
  ('shadow_effect, fake_503_text of a number', (SELECT fake_503_text FROM shadow_effect(0.7, 12.5, 0, 0, 4)), '503 Service Unavailable: no capacity available for model default. Retries exhausted (3/3). Please try again later.'),
  ('shadow_effect, fake_503_text of a model with all sorts of signs', (SELECT fake_503_text FROM shadow_effect(0.7, 'a%s''ö"', 0, 0, 4)), '503 Service Unavailable: no capacity available for model a%s''ö". Retries exhausted (3/3). Please try again later.');

-- and when.
VALUES
  ('shadow_effect, a fake 503 takes 14 s +- 20 %', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.7, 'm', 0, 0, 4)), 11.528638771),
  ('shadow_effect, a fake 503 knows no model, tools or overflow', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.7, 'm', 0, 0, 4) AS one, shadow_effect(0.7, 'claude-opus-4', 5, 60, 4) AS two), 1);

-- Seconds of a model, by the words in its name.
VALUES
  ('shadow_effect, model claude-3-5-haiku-20241022 takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'claude-3-5-haiku-20241022', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model gpt-4o-mini takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'gpt-4o-mini', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model gemini-2.5-flash takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'gemini-2.5-flash', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model GPT-4O-MINI takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'GPT-4O-MINI', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model o1-mini takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'o1-mini', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model Flash takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'Flash', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model claude-opus-4 takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'claude-opus-4', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model o1 takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'o1', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model o3-pro takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'o3-pro', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model o4 takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'o4', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model deepseek-r1 takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'deepseek-r1', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model deepseek-reasoner takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'deepseek-reasoner', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model grok-4-reasoning takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'grok-4-reasoning', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model kimi-k2-thinking takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'kimi-k2-thinking', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model QwQ-32B takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'QwQ-32B', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model OPUS takes 15 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'OPUS', 2, 0, 'x') AS named, shadow_effect(0.1, 15, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model claude-sonnet-4 takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'claude-sonnet-4', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model default takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'default', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model gemini-pro takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'gemini-pro', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model gpt-4o takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'gpt-4o', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model miniature takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'miniature', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model opusculum takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'opusculum', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model proto1 takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'proto1', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model ömini takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'ömini', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model o10 takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'o10', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model anthropic/claude-3-haiku:beta takes 4 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, 'anthropic/claude-3-haiku:beta', 2, 0, 'x') AS named, shadow_effect(0.1, 4, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model 12b takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, '12b', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, model - takes 8 s', (SELECT named.delay_target_s = seconds.delay_target_s FROM shadow_effect(0.1, '-', 2, 0, 'x') AS named, shadow_effect(0.1, 8, 2, 0, 'x') AS seconds), 1),
  ('shadow_effect, no model takes 8 s', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1) AS one, shadow_effect(0.1, 8) AS two), 1),
  ('shadow_effect, model NULL takes 8 s', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, NULL) AS one, shadow_effect(0.1, 8) AS two), 1),
  ('shadow_effect, a number as text is a number', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, '2.5') AS one, shadow_effect(0.1, 2.5) AS two), 1);

-- Delays: latency * 10 * seconds * (1 + 0.35 ln(1 + tool_calls)) * jitter + overflow_s.
VALUES
  ('shadow_effect, delay of haiku at 0.1 with 0 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'haiku', 0, 0, 'x')), 11.101550499),
  ('shadow_effect, delay of sonnet at 0.1 with 0 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'sonnet', 0, 0, 'x')), 22.203100997),
  ('shadow_effect, delay of opus at 0.1 with 0 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'opus', 0, 0, 'x')), 41.63081437),
  ('shadow_effect, delay of haiku at 0.1 with 1 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'haiku', 1, 0, 'x')), 13.794803448),
  ('shadow_effect, delay of sonnet at 0.1 with 1 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'sonnet', 1, 0, 'x')), 27.589606897),
  ('shadow_effect, delay of opus at 0.1 with 1 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'opus', 1, 0, 'x')), 51.730512931),
  ('shadow_effect, delay of haiku at 0.1 with 5 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'haiku', 5, 0, 'x')), 18.063508379),
  ('shadow_effect, delay of sonnet at 0.1 with 5 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'sonnet', 5, 0, 'x')), 36.127016757),
  ('shadow_effect, delay of opus at 0.1 with 5 tool calls', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'opus', 5, 0, 'x')), 67.73815642),
  ('shadow_effect, delay without tool calls as NULL', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 8, NULL) AS one, shadow_effect(0.1, 8, 0) AS two), 1),
  ('shadow_effect, tool_calls is echoed', (SELECT tool_calls FROM shadow_effect(0.1, 8, 5)), 5),
  ('shadow_effect, tool_calls of NULL is 0', (SELECT tool_calls FROM shadow_effect(0.1, 8, NULL)), 0),
  ('shadow_effect, tool_calls left out is 0', (SELECT tool_calls FROM shadow_effect(0.1)), 0),
  ('shadow_effect, tool_calls may be a REAL without a fraction', (SELECT tool_calls FROM shadow_effect(0.1, 8, 5.0)), 5),
  ('shadow_effect, tool_calls may be text', (SELECT tool_calls FROM shadow_effect(0.1, 8, '5')), 5),
  ('shadow_effect, the most tool calls that there can be', (SELECT tool_calls || ' ' || delay_target_s FROM shadow_effect(1e-3, 8, 9223372036854775807, 0, 'x')), '9223372036854775807 ' || (SELECT delay_target_s FROM shadow_effect(1e-3, 8, 9223372036854775807, 0, 'x'))),
  ('shadow_effect, overflow_s is added', (SELECT round(delay_target_s, 9) FROM shadow_effect(0.1, 'haiku', 0, 7.5, 'x')), 18.601550499),
  ('shadow_effect, overflow_s below 0 counts as 0', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 8, 0, -5) AS one, shadow_effect(0.1, 8, 0, 0) AS two), 1),
  ('shadow_effect, overflow_s NULL is 0', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 8, 0, NULL) AS one, shadow_effect(0.1, 8, 0, 0) AS two), 1),
  ('shadow_effect, overflow_s as text', (SELECT one.delay_target_s = two.delay_target_s FROM shadow_effect(0.1, 8, 0, '7.5') AS one, shadow_effect(0.1, 8, 0, 7.5) AS two), 1),
  ('shadow_effect, delay is at most 180 s', (SELECT delay_target_s FROM shadow_effect(0.1, 'opus', 0, 500, 'x')), 180.0),
  ('shadow_effect, delay is at most 180 s, also of a slow model', (SELECT delay_target_s FROM shadow_effect(0.1, 1e308, 5, 1e308, 'x')), 180.0),
  ('shadow_effect, at 0 there is no delay, whatever else is', (SELECT delay_target_s FROM shadow_effect(0.0, 'opus', 5, 60, 'x')), 0.0),
  ('shadow_effect, at -0.0 there is no delay', (SELECT delay_target_s FROM shadow_effect(-0.0, 'opus', 5, 60, 'x')), 0.0),
  ('shadow_effect, progress NULL is as 0', (SELECT delay_target_s || ' ' || latency_i || ' ' || answered_p FROM shadow_effect(NULL, 'opus', 5, 60, 'x')), '0.0 0.0 1.0'),
  ('shadow_effect, the least progress is the least delay', (SELECT delay_target_s > 0 AND delay_target_s < 1e-290 FROM shadow_effect(1e-300)), 1),
  ('shadow_effect, a blackout has no delay, whatever the overflow', (SELECT delay_target_s FROM shadow_effect(0.85, NULL, 5, 60, 1)), 0.0),
  ('shadow_effect, a dropped one has no delay, whatever the overflow', (SELECT delay_target_s FROM shadow_effect(0.6, NULL, 5, 60, 3)), 0.0),
  ('shadow_effect, banned has no delay, whatever the overflow', (SELECT delay_target_s FROM shadow_effect(1, NULL, 5, 60)), 0.0),
  ('shadow_effect, delay_target_s is a REAL', (SELECT typeof(delay_target_s) FROM shadow_effect(0)), 'real');

-- As a table.
CREATE TABLE member(id INTEGER PRIMARY KEY, name);
INSERT INTO member VALUES (1, 'ada'), (2, 'bob'), (3, 'cyd');
CREATE TABLE ban(member INTEGER PRIMARY KEY, progress);
INSERT INTO ban VALUES (2, 0.1), (3, 1.0);
CREATE VIEW effect AS SELECT id, effect.* FROM member LEFT JOIN ban ON ban.member = member.id, shadow_effect(ban.progress, 'opus', 1, 0, id) AS effect;

-- Its arguments from anywhere.
VALUES
  ('shadow_effect has one row', (SELECT count(*) FROM shadow_effect(0.5)), 1),
  ('shadow_effect of a LEFT JOIN without a ban', (SELECT group_concat(id || ':' || (delay_target_s > 0) || banned, ' ') FROM effect), '1:00 2:10 3:01'),
  ('shadow_effect as the right side of a LEFT JOIN', (SELECT group_concat(id || ':' || banned, ' ') FROM member LEFT JOIN ban ON ban.member = id LEFT JOIN shadow_effect(ban.progress) WHERE id > 1), '2:0 3:1'),
  ('shadow_effect, arguments may be equalities', (SELECT latency_i || ' ' || tool_calls FROM shadow_effect WHERE at_progress = 0.1 AND calls = 3), '0.25 3'),
  ('shadow_effect, arguments are columns', (SELECT at_progress || model || calls || overflow_s || seed FROM shadow_effect(0.1, 'm', 3, 2.5, 's')), '0.1m32.5s'),
  ('shadow_effect, arguments that are left out are NULL', (SELECT count(coalesce(model, calls, overflow_s, seed)) FROM shadow_effect(0.1)), 0),
  ('shadow_effect, the arguments may come from a table', (SELECT group_concat(latency_i, ' ') FROM ban, shadow_effect(ban.progress)), '0.25 0.75'),
  ('shadow_effect, the arguments may come from an IN', (SELECT group_concat(latency_i, ' ') FROM (SELECT latency_i FROM shadow_effect WHERE at_progress IN (0.2, 0.1) ORDER BY latency_i)), '0.25 0.6'),
  ('shadow_effect, the arguments may come from an OR', (SELECT group_concat(latency_i, ' ') FROM (SELECT latency_i FROM shadow_effect WHERE at_progress = 0.2 OR at_progress = 0.1 ORDER BY 1)), '0.25 0.6'),
  ('shadow_effect, an OR of different arguments has a row for each', (SELECT group_concat(coalesce(model, 'none') || tool_calls, ' ') FROM (SELECT model, tool_calls FROM shadow_effect WHERE (at_progress = 0.1 AND model = 8) OR (at_progress = 0.1 AND calls = 8) OR (at_progress = 0.1 AND model = 8) ORDER BY tool_calls)), '80 none8'),
  ('shadow_effect, an OR with what is no argument', (SELECT count(*) FROM shadow_effect(0.1) WHERE dropped = 1 OR latency_i = 0.25), 1),
  ('shadow_effect may be filtered by what it gives', (SELECT count(*) FROM ban, shadow_effect(ban.progress) WHERE banned = 0), 1),
  ('shadow_effect twice at a time', (SELECT one.latency_i || ' ' || two.latency_i FROM shadow_effect(0.1) AS one, shadow_effect(0.2) AS two), '0.25 0.6'),
  ('shadow_effect joined with itself', (SELECT two.latency_i FROM shadow_effect(0.1) AS one, shadow_effect(one.latency_i) AS two), (SELECT latency_i FROM shadow_effect(0.25))),
  ('shadow_effect, an argument behind the table that gives it', (SELECT two.tool_calls FROM shadow_effect(0.1, 8, two.tool_calls) AS one, shadow_effect(0.2, 8, 3) AS two WHERE one.calls = 3), 3);

-- What is refused.
-- error shadow_effect without progress: shadow_effect: progress must be given
SELECT * FROM shadow_effect;
-- error shadow_effect with a model, but without progress: shadow_effect: progress must be given
SELECT * FROM shadow_effect WHERE model = 'm';
-- error shadow_effect refuses progress that is text: shadow_effect: progress must be between 0 and 1, not 'x'
SELECT * FROM shadow_effect('x');
-- error shadow_effect refuses progress that is a BLOB: shadow_effect: progress must be between 0 and 1, not a BLOB of length 1
SELECT * FROM shadow_effect(x'00');
-- error shadow_effect refuses progress of infinity: shadow_effect: progress must be between 0 and 1, not Inf
SELECT * FROM shadow_effect(9e999);
-- error shadow_effect refuses progress of minus infinity: shadow_effect: progress must be between 0 and 1, not -Inf
SELECT * FROM shadow_effect(-9e999);
-- error shadow_effect refuses progress below its range (-0.001): shadow_effect: progress must be between 0 and 1, not -0.001
SELECT * FROM shadow_effect(-0.001);
-- error shadow_effect refuses progress above its range (1.001): shadow_effect: progress must be between 0 and 1, not 1.001
SELECT * FROM shadow_effect(1.001);
-- error shadow_effect refuses progress that is empty: shadow_effect: progress must be between 0 and 1, not ''
SELECT * FROM shadow_effect('');
-- error shadow_effect refuses progress just above its range: shadow_effect: progress must be between 0 and 1, not 1.0
SELECT * FROM shadow_effect(1 + 2.220446049250313e-16);
-- error shadow_effect refuses model that is a BLOB: shadow_effect: model must be a model's name or a number of seconds above 0, not a BLOB of length 1
SELECT * FROM shadow_effect(0.5, x'00');
-- error shadow_effect refuses model of infinity: shadow_effect: model must be a model's name or a number of seconds above 0, not Inf
SELECT * FROM shadow_effect(0.5, 9e999);
-- error shadow_effect refuses model of minus infinity: shadow_effect: model must be a model's name or a number of seconds above 0, not -Inf
SELECT * FROM shadow_effect(0.5, -9e999);
-- error shadow_effect refuses model of 0: shadow_effect: model must be a model's name or a number of seconds above 0, not 0
SELECT * FROM shadow_effect(0.5, 0);
-- error shadow_effect refuses model below 0: shadow_effect: model must be a model's name or a number of seconds above 0, not -1
SELECT * FROM shadow_effect(0.5, -1);
-- error shadow_effect refuses model of 0 as text: shadow_effect: model must be a model's name or a number of seconds above 0, not 0
SELECT * FROM shadow_effect(0.5, '0');
-- error shadow_effect refuses model of infinity as text: shadow_effect: model must be a model's name or a number of seconds above 0, not Inf
SELECT * FROM shadow_effect(0.5, '1e999');
-- error shadow_effect refuses model that is empty: shadow_effect: model must be a model's name or a number of seconds above 0, not ''
SELECT * FROM shadow_effect(0.5, '');
-- error shadow_effect refuses model with a zero behind: shadow_effect: model must be a model's name or a number of seconds above 0, not 'a.'
SELECT * FROM shadow_effect(0.5, 'a' || char(0));
-- error shadow_effect refuses tool_calls that is text: shadow_effect: tool_calls must be an integer that is 0 or more, not 'x'
SELECT * FROM shadow_effect(0.5, 8, 'x');
-- error shadow_effect refuses tool_calls that is a BLOB: shadow_effect: tool_calls must be an integer that is 0 or more, not a BLOB of length 1
SELECT * FROM shadow_effect(0.5, 8, x'00');
-- error shadow_effect refuses tool_calls of infinity: shadow_effect: tool_calls must be an integer that is 0 or more, not Inf
SELECT * FROM shadow_effect(0.5, 8, 9e999);
-- error shadow_effect refuses tool_calls of minus infinity: shadow_effect: tool_calls must be an integer that is 0 or more, not -Inf
SELECT * FROM shadow_effect(0.5, 8, -9e999);
-- error shadow_effect refuses tool_calls below 0: shadow_effect: tool_calls must be an integer that is 0 or more, not -1
SELECT * FROM shadow_effect(0.5, 8, -1);
-- error shadow_effect refuses tool_calls with a fraction: shadow_effect: tool_calls must be an integer that is 0 or more, not 1.5
SELECT * FROM shadow_effect(0.5, 8, 1.5);
-- error shadow_effect refuses tool_calls that is a REAL above 2^53: shadow_effect: tool_calls must be an integer that is 0 or more, not 9.00719925474099e+15
SELECT * FROM shadow_effect(0.5, 8, 9007199254740994.0);
-- error shadow_effect refuses overflow_s that is text: shadow_effect: overflow_s must be a number of seconds, not 'x'
SELECT * FROM shadow_effect(0.5, 8, 0, 'x');
-- error shadow_effect refuses overflow_s that is a BLOB: shadow_effect: overflow_s must be a number of seconds, not a BLOB of length 1
SELECT * FROM shadow_effect(0.5, 8, 0, x'00');
-- error shadow_effect refuses overflow_s of infinity: shadow_effect: overflow_s must be a number of seconds, not Inf
SELECT * FROM shadow_effect(0.5, 8, 0, 9e999);
-- error shadow_effect refuses overflow_s of minus infinity: shadow_effect: overflow_s must be a number of seconds, not -Inf
SELECT * FROM shadow_effect(0.5, 8, 0, -9e999);
-- error shadow_effect refuses overflow_s that is empty: shadow_effect: overflow_s must be a number of seconds, not ''
SELECT * FROM shadow_effect(0.5, 8, 0, '');
-- What hosts bind: JavaScript binds every number as a REAL, a NaN as NULL.
-- bind double 0.2, text claude-opus-4, double 3, double 2, double 12
SELECT 'shadow_effect bound, numbers as doubles', tool_calls || ' ' || round(delay_target_s, 9), '3 126.494103768' FROM shadow_effect(?, ?, ?, ?, ?);
-- bind double 0.2, text claude-opus-4, int 3, int 2, int 12
SELECT 'shadow_effect bound, numbers as integers', tool_calls || ' ' || round(delay_target_s, 9), '3 126.494103768' FROM shadow_effect(?, ?, ?, ?, ?);
-- bind text 0.2, text claude-opus-4, text 3, text 2, text 12
SELECT 'shadow_effect bound, numbers as text', tool_calls || ' ' || round(delay_target_s, 9), '3 149.297684526' FROM shadow_effect(?, ?, ?, ?, ?);
-- bind int 1
SELECT 'shadow_effect bound, progress as an integer', banned, 1 FROM shadow_effect(?);
-- bind double NaN
SELECT 'shadow_effect bound, progress NaN is NULL', answered_p, 1.0 FROM shadow_effect(?);
-- bind null, null, null, null, null
SELECT 'shadow_effect bound, all NULL', answered_p || ' ' || delay_target_s, '1.0 0.0' FROM shadow_effect(?, ?, ?, ?, ?);
-- bind double 0.999999999999999888978
SELECT 'shadow_effect bound, the double before 1 is no ban', banned, 0 FROM shadow_effect(?);
-- bind double 0.1, blob 00ff
-- error shadow_effect bound, a model as a blob: shadow_effect: model must be a model's name or a number of seconds above 0, not a BLOB of length 2
SELECT * FROM shadow_effect(?, ?);
