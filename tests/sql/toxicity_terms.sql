-- toxicity_terms(text [, lexicon_json]): why toxicity() gives what it gives, a row for each hit.

.headers on
SELECT * FROM toxicity_terms('y0u 1d10t, sh*t happens!');
-- Quoted, denied, aimed at nobody: each takes its part of the weight.
SELECT matched, weight, round(counted, 4) AS counted, quoted, negated, aimed FROM toxicity_terms('"idiot" is not an idiot, the moron');
SELECT matched, weight, round(counted, 4) AS counted, quoted, negated, aimed FROM toxicity_terms('not you, cretin, "not a cretin"');
.headers off

-- Places are those of substr(), in characters from 1, whatever the text is written with.
SELECT 'place', at, length, matched, substr(message.text, at, length) = matched, term
  FROM (SELECT 'ж🙂 ｉｄｉｏｔ *moron* “s h u t  u p”, ' || char(0x301) || 'l' || char(0x200B) || 'ooooser''s ass' AS text) AS message, toxicity_terms(message.text);
SELECT 'not UTF-8', at, length, hex(matched), substr(message.text, at, length) = matched
  FROM (SELECT CAST(x'80E2FFC0AF' AS TEXT) || 'shut' || CAST(x'F09F' AS TEXT) || 'up' AS text) AS message, toxicity_terms(message.text);
SELECT 'zero byte', at, length, matched FROM toxicity_terms('a' || char(0) || 'ж idiot');

-- What is listed with weight 0 is no hit, nor are its words.
SELECT 'protected', count(*) FROM toxicity_terms('the garbage collector and the dumb terminal');

-- 1 - product(1 - counted), in the order of the rows, is toxicity(), bit for bit.
CREATE TABLE message(text);
INSERT INTO message VALUES ('nothing'), ('you idiot'), ('you idiot, you pathetic stupid moron, get lost'), ('"shut up", not an idiot, damn'),
  ('this damn capacitor is trash and this stupid solder too'), (NULL), (''), (replace(printf('%.50c', 'x'), 'x', 'damn, you dumb thing! '));
WITH RECURSIVE hit AS (SELECT message.rowid AS message, row_number() OVER (PARTITION BY message.rowid ORDER BY at) AS number, counted
    FROM message, toxicity_terms(message.text)),
  product(message, number, clean) AS (SELECT rowid, 0, 1.0 FROM message
    UNION ALL SELECT hit.message, hit.number, clean * (1.0 - counted) FROM product JOIN hit ON hit.message = product.message AND hit.number = product.number + 1)
SELECT 'product', message, max(number), round(1.0 - clean, 4), 1.0 - clean = toxicity(text)
  FROM product JOIN message ON message.rowid = product.message GROUP BY message;

-- A list of one's own.
SELECT 'own list', matched, term, category, weight, counted, aimed
  FROM toxicity_terms('you dingo, you idiot', '[{"term": "Dingo", "weight": 0.5, "category": "insult"}]');
SELECT 'built-in list', matched FROM toxicity_terms('you dingo, you idiot', NULL);
SELECT 'each row its list', list.rowid, matched FROM (SELECT 1 AS rowid, '[{"term":"a","weight":1,"category":"hate"}]' AS json
  UNION ALL SELECT 2, '[{"term":"b","weight":1,"category":"hate"}]') AS list, toxicity_terms('a b', list.json);
-- The other way to write arguments; several texts; the arguments are columns.
SELECT 'given by equality', matched, text FROM toxicity_terms WHERE text IN ('you idiot', 'you moron') ORDER BY text;
SELECT 'given by OR', count(*) FROM toxicity_terms WHERE text = 'you idiot' OR text = 'you moron';
SELECT 'columns', text, lexicon_json FROM toxicity_terms('x', '[{"term":"x","weight":1,"category":"hate"}]');
SELECT 'rowids', count(DISTINCT rowid) FROM toxicity_terms WHERE text IN ('you idiot, moron', 'you moron, idiot');
SELECT 'NULL', count(*) FROM toxicity_terms(NULL);
SELECT 'number', count(*) FROM toxicity_terms(42);

-- It is harmless: a view may use it.
CREATE VIEW why AS SELECT message.text, matched, counted FROM message, toxicity_terms(message.text);
SELECT 'view', matched FROM why WHERE text = 'you idiot';

-- The extension loaded a second time, under tables that were in use.
.load ./decorum
SELECT 'loaded twice', matched FROM why WHERE text = 'you idiot';

-- Errors.
SELECT * FROM toxicity_terms;
SELECT * FROM toxicity_terms WHERE lexicon_json = '[]';
SELECT * FROM toxicity_terms(x'00');
SELECT * FROM toxicity_terms('x', '[{"term": "x", "weight": 2}]');
SELECT * FROM toxicity_terms('x', x'00');
SELECT * FROM toxicity_terms(1, 2, 3);
CREATE VIRTUAL TABLE mine USING toxicity_terms;
INSERT INTO toxicity_terms(text) VALUES ('x');

-- decorum_lexicon: the built-in list.
SELECT name, type FROM pragma_table_info('decorum_lexicon');
SELECT * FROM decorum_lexicon WHERE term IN ('idiot', 'kill yourself', 'garbage collector');
SELECT count(*) >= 450 FROM decorum_lexicon WHERE weight > 0;
SELECT DISTINCT category FROM decorum_lexicon ORDER BY 1;
DELETE FROM decorum_lexicon;
-- Given back as JSON it does what it does by itself; so it is what to start a list from.
WITH list(json) AS MATERIALIZED (SELECT json_group_array(json_object('term', term, 'weight', weight, 'category', category, 'aim', aim)) FROM decorum_lexicon)
SELECT 'round trip', count(*), sum(toxicity(text) IS toxicity(text, json)) FROM message, list;
