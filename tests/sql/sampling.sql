-- sampling_rate(rep [, content_type [, multiplier [, high_risk [, low_risk]]]]): the chance that a message is analysed.

SELECT column1, sampling_rate(column1), round(sampling_rate(column1, 'text', 3), 15), sampling_rate(column1, 'image'),
       sampling_rate(column1, 'text', 1, 10, 20)
  FROM (VALUES (0), (10), (15), (29.5), (30), (40), (50), (60), (70), (70.5), (100));

-- It never rises with the reputation.
WITH RECURSIVE step(rep) AS (SELECT 0.0 UNION ALL SELECT rep + 0.125 FROM step WHERE rep < 100)
SELECT 'falls', count(*), sum(sampling_rate(rep) < sampling_rate(min(rep + 0.125, 100))) FROM step;

-- should_analyze(rep, content_type, u [, multiplier, high_risk, low_risk]): u < that chance.
SELECT 'u', should_analyze(50, 'text', 0.25), should_analyze(50, 'text', 0.26), should_analyze(50, 'text', 0.27);

-- With dice for u the sample is as large as the chance says, and the same every time.
WITH RECURSIVE message(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM message WHERE id < 100000)
SELECT 'sample', round(avg(should_analyze(80, 'text', dice('a secret', 'message', id))), 3),
       round(avg(should_analyze(40, 'text', dice('a secret', 'message', id))), 2),
       min(should_analyze(0, 'text', dice('a secret', 'message', id)))
  FROM message;
