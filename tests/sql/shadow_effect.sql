-- shadow_effect(progress [, model [, tool_calls [, overflow_s [, seed]]]]): what becomes of an answer to a
-- shadow banned member.

SELECT name, hidden FROM pragma_table_xinfo('shadow_effect');

-- The curve.
SELECT column1 AS progress, latency_i, drops_i, fake_503_i, blackout_i, round(answered_p, 4)
  FROM (VALUES (0.0), (0.1), (0.2), (0.35), (0.45), (0.6), (0.7), (0.85), (1.0)) JOIN shadow_effect(column1);
SELECT column1 AS progress, round(latency_i, 12), round(drops_i, 12), round(fake_503_i, 12), round(blackout_i, 12)
  FROM (VALUES (0.05), (0.15), (0.275), (0.4), (0.525), (0.65), (0.775), (0.925)) JOIN shadow_effect(column1);

-- The first of blackout, drop and fake 503 that holds; the seeds 1 to 4 have one of each, and an answer.
SELECT seed, blackout, dropped, fake_503_text, round(delay_target_s, 6)
  FROM (VALUES (1), (2), (3), (4)) JOIN shadow_effect(0.7, 'claude-sonnet-4', 0, 0, column1);
-- 1 is banned, the number before is not.
SELECT banned, blackout, dropped, delay_target_s, answered_p FROM shadow_effect(1, 8, 5, 60, 3);
SELECT banned, at_progress < 1 FROM shadow_effect(1 - 1.1102230246251565e-16);

-- How 20000 messages fare, and how they should.
WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row WHERE nr < 20000)
SELECT column1 AS progress, round(avg(blackout), 2), round(avg(dropped), 2), round(avg(fake_503_text IS NOT NULL), 2),
       abs(avg(NOT (blackout OR dropped OR fake_503_text IS NOT NULL)) - answered_p) < 0.01
  FROM (VALUES (0.0), (0.2), (0.45), (0.65), (0.925)), row JOIN shadow_effect(column1, NULL, NULL, NULL, nr) GROUP BY 1;

-- A delay is the whole time to the answer: asked again with the tool calls and the overflow that there were it
-- is from the same throw.
SELECT column1 AS model, column2 AS tool_calls, column3 AS overflow_s, round(delay_target_s, 6)
  FROM (VALUES ('claude-3-5-haiku', 0, 0), ('claude-sonnet-4', 0, 0), ('claude-opus-4', 0, 0), ('claude-opus-4', 1, 0),
               ('claude-opus-4', 5, 0), ('claude-opus-4', 5, 12.5), ('claude-opus-4', 5, -12.5), ('claude-opus-4', 5, 900),
               (2.5, 0, 0), (NULL, NULL, NULL)) JOIN shadow_effect(0.1, column1, column2, column3, 'message 12');
-- Who is not banned never waits.
SELECT delay_target_s, dropped, fake_503_text, blackout, banned, answered_p FROM shadow_effect(0, 'claude-opus-4', 9, 900, 'message 12');
CREATE TABLE member(id INTEGER PRIMARY KEY, name);
INSERT INTO member VALUES (1, 'ada'), (2, 'bob'), (3, 'cyd');
CREATE TABLE ban(member INTEGER PRIMARY KEY, progress);
INSERT INTO ban VALUES (2, 0.1), (3, 1.0);
CREATE VIEW effect AS SELECT name, ban.progress, round(delay_target_s, 6) AS delay, banned, effect.tool_calls
  FROM member LEFT JOIN ban ON ban.member = member.id, shadow_effect(ban.progress, 'claude-opus-4', 9, 10, name) AS effect;
SELECT * FROM effect;

-- The words of a model's name.
SELECT group_concat(column1 || ' ' || CAST(round(delay_target_s / jitter) AS INTEGER), ', ')
  FROM (VALUES ('gpt-4o-mini'), ('gemini-2.5-flash'), ('gemini-2.5-pro'), ('o1'), ('O3-Pro'), ('o1-mini'), ('deepseek-r1'), ('opus'), ('octopus')),
       (SELECT delay_target_s / 4 AS jitter FROM shadow_effect(0.1, 4)) JOIN shadow_effect(0.1, column1);

-- Arguments from an IN, an OR, a table behind; one that is not yet known makes no plan.
SELECT at_progress, latency_i FROM shadow_effect WHERE at_progress IN (0.2, 0.1) ORDER BY at_progress;
SELECT at_progress, model, calls FROM shadow_effect WHERE (at_progress = 0.1 AND model = 8) OR (at_progress = 0.1 AND calls = 8) ORDER BY model;
SELECT one.tool_calls FROM shadow_effect(0.1, 8, two.tool_calls) AS one, shadow_effect(0.2, 8, 3) AS two;
SELECT one.tool_calls FROM shadow_effect(0.1, 8, two.tool_calls) AS one, shadow_effect(0.1, 8, one.tool_calls) AS two;
-- Facts may read it.
CREATE VIRTUAL TABLE effect_facts USING facts('SELECT delay_target_s, banned FROM shadow_effect(:progress, 2.5, 0, 0, :seed)');
SELECT round(delay_target_s, 6), banned FROM effect_facts(0.1, 'message 12');

SELECT * FROM shadow_effect;
SELECT * FROM shadow_effect WHERE seed = 1;
SELECT * FROM shadow_effect(1.5);
SELECT * FROM shadow_effect('x');
SELECT * FROM shadow_effect(0.5, '');
SELECT * FROM shadow_effect(0.5, 0);
SELECT * FROM shadow_effect(0.5, x'00');
SELECT * FROM shadow_effect(0.5, 8, -1);
SELECT * FROM shadow_effect(0.5, 8, 1.5);
SELECT * FROM shadow_effect(0.5, 8, 0, 9e999);
SELECT * FROM shadow_effect(0.5, 8, 0, 0, 1, 2);
INSERT INTO shadow_effect(progress) VALUES (1);
CREATE VIRTUAL TABLE mine USING shadow_effect;
