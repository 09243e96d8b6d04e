-- ema(value, at [, alpha [, start]]): an exponential moving average. Each row is (what it shows, result).

-- The worked example: 0.1 * 0.95 + 0.9 * 0.85, then 0.1 * 0.46 + 0.9 * 0.86.
CREATE TABLE assessment(seq INTEGER PRIMARY KEY, score, at);
INSERT INTO assessment(score, at) VALUES (0.95, 1000), (0.46, 1010);
SELECT 'worked example', round(ema(score, at), 6) FROM assessment;
SELECT 'any order', round(ema(score, at), 6) FROM (SELECT * FROM assessment ORDER BY seq DESC);

-- Bit for bit what a plain loop gives; here the loop is a recursive query.
INSERT INTO assessment(score, at)
  WITH RECURSIVE row(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM row WHERE id < 998)
  SELECT dice('score', id), 2000 + id FROM row;
CREATE TABLE loop AS
  WITH RECURSIVE loop(seq, average) AS (
    SELECT 0, 0.85 UNION ALL
    SELECT loop.seq + 1, 0.1 * (SELECT score FROM assessment AS a WHERE a.seq = loop.seq + 1) + (1 - 0.1) * average
      FROM loop WHERE loop.seq < 1000)
  SELECT * FROM loop;
SELECT 'plain loop', ema(score, at) = (SELECT average FROM loop WHERE seq = 1000) FROM assessment;
SELECT 'row by row', count(*), sum(average = ema) FROM loop JOIN
  (SELECT seq, ema(score, at) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS ema FROM assessment) USING (seq);
-- The baseline that an alert compares with: the one before the row.
SELECT 'before each row', count(*), sum(average = ema) FROM loop JOIN
  (SELECT seq, ema(score, at) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ema
     FROM assessment) AS before ON before.seq = loop.seq + 1;
-- In frames that lose rows, that rows come late into, or whose arguments change, the average is made anew.
SELECT 'lost', sum(window = again) FROM (
  SELECT ema(score, at) OVER (ORDER BY seq ROWS 3 PRECEDING) AS window,
         (SELECT ema(score, at) FROM assessment AS b WHERE b.seq BETWEEN a.seq - 3 AND a.seq) AS again
    FROM assessment AS a);
SELECT 'late', sum(window = again) FROM (
  SELECT ema(score, at * 7919 % 1009) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS window,
         (SELECT ema(score, at * 7919 % 1009) FROM assessment AS b WHERE b.seq <= a.seq) AS again
    FROM assessment AS a WHERE seq <= 300);
SELECT 'arguments', sum(window = again) FROM (
  SELECT ema(score, at, seq % 3 / 4.0, seq % 5) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS window,
         (SELECT ema(score, at, a.seq % 3 / 4.0, a.seq % 5) FROM assessment AS b WHERE b.seq <= a.seq) AS again
    FROM assessment AS a WHERE seq <= 300);

-- Without a value it is start. Without a row a start that is an argument is not known.
SELECT 'no value', ema(NULL, 1), ema(NULL, NULL, 0.5), ema(NULL, 1, 0.5, 7);
SELECT 'no row', ema(1, 1), ema(1, 1, 0.5), quote(ema(1, 1, 0.5, 7)) FROM (SELECT 1) WHERE 0;
SELECT 'empty frame', seq, ema(0, at) OVER before, ema(0, at, 0.5, 7) OVER before
  FROM assessment WHERE seq < 3 WINDOW before AS (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
SELECT 'frame of no value', quote(ema(column2, column1, 0.5, column3) OVER (ORDER BY column1 ROWS BETWEEN CURRENT ROW AND CURRENT ROW))
  FROM (VALUES (1, 8, 4), (2, NULL, 3), (3, 5, 1));

-- It may stand where only pure functions may, even in a schema that nobody trusts.
CREATE VIEW baseline AS SELECT ema(score, at, 1) AS last FROM assessment WHERE seq < 3;
SELECT 'in a view', last FROM baseline;

-- coherence_drop(score, baseline [, drop [, floor]]): how far below the baseline, if that is an alert.
SELECT 'drop', score, round(coherence_drop(score, 0.86), 2) FROM (SELECT 0.3 AS score UNION ALL SELECT 0.49 UNION ALL SELECT 0.5);
CREATE INDEX alert ON assessment(seq) WHERE coherence_drop(score, 0.85) IS NOT NULL;
SELECT 'in an index', count(*) = (SELECT count(*) FROM assessment NOT INDEXED WHERE score < 0.5)
  FROM assessment INDEXED BY alert WHERE coherence_drop(score, 0.85) IS NOT NULL;
