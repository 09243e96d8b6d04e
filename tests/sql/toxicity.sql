-- toxicity(text [, lexicon_json]): how hostile a text is, by a list of weighted terms.

SELECT 'nothing', toxicity('good morning'), toxicity(''), toxicity('   '), toxicity('12345'), toxicity('!?');
SELECT 'aimed at somebody', round(toxicity('you are an idiot'), 4);
SELECT 'at nobody', round(toxicity('this idiot of a capacitor'), 4);
SELECT 'quoted', round(toxicity('he said "you are an idiot"'), 4);

-- Two hits are worse than one, 1 - (1 - 0.6) * (1 - 0.45), and no number of them is more than 1.
SELECT 'two', round(toxicity('you idiot, you are pathetic'), 4), round(1 - (1 - 0.6) * (1 - 0.45), 4);
SELECT 'many', toxicity(replace(printf('%.500c', 'x'), 'x', 'you idiot ')) <= 1;
-- A phrase counts as a whole, not by its words; the words may be anywhere in the text.
SELECT 'phrase', round(toxicity('shut up'), 4), round(toxicity('oh please, SHUT   UP!'), 4), round(toxicity('up, shut'), 4);
-- It does not go on in another clause; a mark without a space ends none.
SELECT 'clause', text, round(toxicity(text), 4)
  FROM (SELECT 'fuck you' AS text UNION ALL SELECT 'fuck, you scared me' UNION ALL SELECT 'off we go. Die Hard is on'
        UNION ALL SELECT 'shut' || char(10) || 'up' UNION ALL SELECT 'kill.yourself' UNION ALL SELECT 'kill-yourself' UNION ALL SELECT 'kill (yourself)');
-- Only whole words count.
SELECT 'part of a word', toxicity('scrap the classic cockpit'), toxicity('idiotproof'), toxicity('Scunthorpe assassin Dickens');
-- A term of weight 0 protects its words, being longer.
SELECT 'protected', toxicity('your garbage collector'), round(toxicity('your garbage'), 4), toxicity('shut up and take my money');

-- One of each category, said to somebody; mild words hardly count.
SELECT 'category', category, text, round(toxicity(text), 4)
  FROM (SELECT 'insult' AS category, 'you moron' AS text UNION ALL SELECT 'profanity', 'you know this is bullshit'
        UNION ALL SELECT 'threat', 'i know where you live' UNION ALL SELECT 'hate', 'go back to your country'
        UNION ALL SELECT 'sexual', 'show us your tits' UNION ALL SELECT 'harassment', 'nobody likes you'
        UNION ALL SELECT 'self_harm', 'kill yourself' UNION ALL SELECT 'mild', 'damn, your code sucks');

-- Letter case, punctuation, lengthened letters and letters written as digits do not hide a word.
SELECT 'disguised', text, round(toxicity(text), 4)
  FROM (SELECT 'YOU IDIOT' AS text UNION ALL SELECT 'you...idiot!!!' UNION ALL SELECT 'you idiooooot'
        UNION ALL SELECT 'you 1d10t' UNION ALL SELECT 'you $tup1d' UNION ALL SELECT 'yoooou idi0t'
        UNION ALL SELECT 'you id!ot' UNION ALL SELECT 'you 1oser' UNION ALL SELECT 'a$$ho|e'
        UNION ALL SELECT 'you b@stard' UNION ALL SELECT 'a$$hole' UNION ALL SELECT 'you w4nk3r');
-- A word that is not lengthened matches exactly; a lengthened one matches what has its letters, no longer.
SELECT 'lengthened', text, round(toxicity(text), 4)
  FROM (SELECT 'as' AS text UNION ALL SELECT 'ass' UNION ALL SELECT 'asss' UNION ALL SELECT 'aas' UNION ALL SELECT 'asssshole'
        UNION ALL SELECT 'ashole' UNION ALL SELECT 'asholllle' UNION ALL SELECT 'you stuuupid' UNION ALL SELECT 'you stuupid'
        UNION ALL SELECT 'shuuuut uuuup' UNION ALL SELECT 'cooool');
-- Accents, combining marks, invisible characters.
SELECT 'marked', text, round(toxicity(text), 4)
  FROM (SELECT 'you ïdîöt' AS text UNION ALL SELECT 'you i' || char(0x300, 0x336) || 'd' || char(0x489) || 'iot' UNION ALL SELECT 'you ịḍïøț');
SELECT 'invisible', round(toxicity('you i' || char(0x200B) || 'd' || char(0xAD) || 'i' || char(0x2060) || 'o' || char(0xFE0F, 0xE0041) || 't'), 4);
-- Letters that look alike.
SELECT 'look-alike', text, round(toxicity(text), 4)
  FROM (SELECT 'you іdіоt' AS text UNION ALL SELECT 'уоu ιdιοτ' UNION ALL SELECT 'ｙｏｕ ｉｄｉｏｔ'
        UNION ALL SELECT 'you 𝓲𝓭𝓲𝓸𝓽' UNION ALL SELECT 'you 𝐼𝐷𝐼𝑂𝑇' UNION ALL SELECT 'you ⓘⓓⓘⓞⓣ' UNION ALL SELECT 'you 🅸🅳🅸🅾🆃'
        UNION ALL SELECT 'you 🄸🄳🄸🄾🅃' UNION ALL SELECT 'you ɪᴅɪᴏᴛ' UNION ALL SELECT 'you ⁱᵈⁱᵒᵗ' UNION ALL SELECT 'you ⅰⅾⅰot'
        UNION ALL SELECT 'kill yourſelf' UNION ALL SELECT 'ﬀs, aﬁsh');
-- Asterisks for letters are entries of the list; about a word they are emphasis.
SELECT 'asterisks', text, round(toxicity(text), 4)
  FROM (SELECT 'you b*tch' AS text UNION ALL SELECT 'f*ck you' UNION ALL SELECT 'f**k you' UNION ALL SELECT 'you *idiot*'
        UNION ALL SELECT 'you **idiot**' UNION ALL SELECT 'you f***' UNION ALL SELECT 'you f*******' UNION ALL SELECT 'x = a*b**c');
-- Letters with something between them. A short term must be all of the row.
SELECT 'spaced', text, round(toxicity(text), 4)
  FROM (SELECT 'i d i o t' AS text UNION ALL SELECT 'i.d.i.o.t' UNION ALL SELECT 'you i-d-i-o-t' UNION ALL SELECT 'i, d, i, o, t, you'
        UNION ALL SELECT 's h u t  u p' UNION ALL SELECT 's h u t u p' UNION ALL SELECT 'y o u i d i o t' UNION ALL SELECT 'k y s'
        UNION ALL SELECT 'k.y.s.' UNION ALL SELECT 'a k y s b' UNION ALL SELECT 'i d' || char(10) || 'i o t' UNION ALL SELECT 'a b c d e f');

-- Who it is aimed at: any word for "you" in the text, or a mention.
SELECT 'you', word, round(toxicity(word || ' idiot'), 4)
  FROM (SELECT 'you' AS word UNION ALL SELECT 'your' UNION ALL SELECT 'you''re' UNION ALL SELECT 'you’re' UNION ALL SELECT 'ur'
        UNION ALL SELECT 'u' UNION ALL SELECT 'yourself' UNION ALL SELECT 'y''all' UNION ALL SELECT '@bob' UNION ALL SELECT '<@12345>'
        UNION ALL SELECT 'the' UNION ALL SELECT 'youth' UNION ALL SELECT 'bob@home' UNION ALL SELECT '@ 5 pm');
-- What is said of people alone needs no "you".
SELECT 'person', round(toxicity('that cretin'), 4), round(toxicity('that moron'), 4);

-- Between quotation marks a word is somebody else's; an apostrophe inside of a word is none.
SELECT 'quotation marks', text, round(toxicity(text), 4)
  FROM (SELECT 'you "idiot"' AS text UNION ALL SELECT 'you ''idiot''' UNION ALL SELECT '"you" idiot'
        UNION ALL SELECT 'it''s you, idiot' UNION ALL SELECT 'you “idiot”' UNION ALL SELECT 'you ‘idiot’' UNION ALL SELECT 'you «idiot»'
        UNION ALL SELECT 'you „idiot“' UNION ALL SELECT 'you `idiot`' UNION ALL SELECT 'you ```idiot```'
        UNION ALL SELECT '> you idiot' UNION ALL SELECT 'hello' || char(10) || '>you idiot' UNION ALL SELECT '> hello' || char(10) || 'you idiot'
        UNION ALL SELECT '>:( you idiot' UNION ALL SELECT 'a > b, you idiot' UNION ALL SELECT '"hello" you "there" idiot');
SELECT 'one mark is no quotation', round(toxicity('" you are an idiot'), 2), round(toxicity('''cause you are an idiot'), 2), round(toxicity('5" disk, you are an idiot'), 2), round(toxicity('5" disk, you idiot, 3" disk'), 2);

-- "Not" and its like weaken what stands within two words behind them in the same clause; "no" and "without"
-- do not, nor does "not only", nor a question with "you".
SELECT 'negation', text, round(toxicity(text), 4)
  FROM (SELECT 'you are not idiot' AS text UNION ALL SELECT 'you are not an idiot' UNION ALL SELECT 'you are not such an idiot'
        UNION ALL SELECT 'you aren''t an idiot' UNION ALL SELECT 'you aren’t an idiot' UNION ALL SELECT 'you arent an idiot'
        UNION ALL SELECT 'you never were idiot' UNION ALL SELECT 'you idiot, not' UNION ALL SELECT 'surely not, you idiot'
        UNION ALL SELECT 'why not? idiot, you' UNION ALL SELECT 'no, you idiot' UNION ALL SELECT 'you are not only stupid'
        UNION ALL SELECT 'why don''t you shut up' UNION ALL SELECT 'I''m not your bitch');

-- Other scripts and bytes that are no text do no harm, nor does length.
SELECT 'other letters', toxicity('доброе утро'), toxicity('おはよう'), round(toxicity('ты idiot you'), 4), round(toxicity('你idiot啊you'), 4);
SELECT 'not UTF-8', round(toxicity('you ' || CAST(x'FF' AS TEXT) || ' idiot'), 4), round(toxicity('you' || CAST(x'EDA080C0AF' AS TEXT) || 'idiot'), 4);
SELECT 'long', toxicity(printf('%.100000c', 'x')), round(toxicity(printf('%.100000c', ' ') || 'you idiot'), 4), round(toxicity('you idi' || printf('%.100000c', 'o') || 't'), 4);
SELECT 'zero byte', round(toxicity('you' || char(0) || 'idiot'), 4);

SELECT 'NULL', toxicity(NULL), 'number', toxicity(42), 'type', typeof(toxicity('good morning'));

CREATE TABLE message(text, toxicity AS (round(toxicity(text), 2)));
INSERT INTO message VALUES ('you are an idiot');
SELECT 'generated column', toxicity FROM message;

SELECT toxicity(x'616263');
SELECT toxicity(x'616263', '[]');

-- A list of one's own takes the place of the built-in one. Left out, aim is thing.
CREATE TEMP TABLE lexicon(json);
INSERT INTO lexicon VALUES ('[
  {"term": "Dingo", "weight": 0.5, "category": "insult"},
  {"term": "you smell", "weight": 0.25, "category": "harassment", "aim": "person"},
  {"term": "dingo dance", "weight": 0, "category": "insult", "aim": null},
  {"term": "идиот", "weight": 0.75, "category": "insult", "aim": "person"},
  {"term": "馬鹿野郎", "weight": 1, "category": "insult", "aim": "person"}]');
SELECT 'own list', text, round(toxicity(text, json), 15) FROM lexicon,
  (SELECT 'you dingo' AS text UNION ALL SELECT 'a d1ng0' UNION ALL SELECT 'you smell, dingo' UNION ALL SELECT 'you dingo dance'
   UNION ALL SELECT 'you idiot' UNION ALL SELECT 'ты ИДИОТ' UNION ALL SELECT 'идиоооот' UNION ALL SELECT 'この馬鹿野郎！' UNION ALL SELECT '馬、鹿'
   UNION ALL SELECT 'you are not a dingo' UNION ALL SELECT 'd i n g o');
SELECT 'empty list', toxicity('you idiot', '[]'), toxicity('you idiot', ' [ ] '), round(toxicity('you idiot', NULL), 4), toxicity(NULL, '[]');
-- The list may change from row to row.
SELECT 'lists', group_concat(toxicity('you dingo', json), ' ') FROM (SELECT json FROM lexicon UNION ALL SELECT '[]' UNION ALL SELECT NULL UNION ALL SELECT json FROM lexicon);
-- Weights are read as SQLite reads numbers.
SELECT 'weights', value, toxicity('x', printf('[{"term":"x","weight":%s,"category":"insult","aim":"person"}]', value)) = 1 - (1 - CAST(value AS REAL))
  FROM json_each('["0.15","1","0","1e-1","0.1E+0","15e-2","0.30000000000000004","0.000001","1.0","0.123456789012345"]');

-- What is wrong in a list is told with its place.
SELECT toxicity('x', '');
SELECT toxicity('x', '{"term": "x"}');
SELECT toxicity('x', 'nonsense');
SELECT toxicity('x', 5);
SELECT toxicity('x', x'5B5D');
SELECT toxicity('x', '[] []');
SELECT toxicity('x', '[1]');
SELECT toxicity('x', '[{}');
SELECT toxicity('x', '[{}]');
SELECT toxicity('x', '[{"term": 5}]');
SELECT toxicity('x', '[{"term": "x"}]');
SELECT toxicity('x', '[{"term": "x", "weight": 0.5}]');
SELECT toxicity('x', '[{"term": "x", "weight": "0.5"}]');
SELECT toxicity('x', '[{"term": "x", "weight": .5}]');
SELECT toxicity('x', '[{"term": "x", "weight": 0.5, "category": "rude"}]');
SELECT toxicity('x', '[{"term": "x", "weight": 0.5, "category": "insult", "aim": "dog"}]');
SELECT toxicity('x', '[{"term": "x", "weight": 0.5, "category": "insult", "colour": "red"}]');
SELECT toxicity('x', '[{"term": "x", "term": "y", "weight": 0.5, "category": "insult"}]');
SELECT toxicity('x', '[{"term": "a\u0000b", "weight": 0.5, "category": "insult"}]');
SELECT toxicity('x', '[{"term": "\ud800", "weight": 0.5, "category": "insult"}]');
SELECT toxicity('x', '[{"term": "!?", "weight": 0.5, "category": "insult"}]');
SELECT toxicity('x', '[{"term": "a b c d e f g h i", "weight": 0.5, "category": "insult"}]');
SELECT toxicity('x', '[{"term": "a", "weight": 0.5, "category": "insult"}, {"term": "b", "weight": -1, "category": "insult"}]');
SELECT toxicity('x', '[{"term": "a", "weight": 0, "category": "insult"}, {"term": "b", "weight": 0, "category": "insult"}, {"term": "b", "weight": 0, "category": "insult"}, {"term": "b", "weight": 1.7, "category": "insult"}]');
-- Two terms that read the same are an error: which of them would count?
SELECT toxicity('x', '[{"term": "shit", "weight": 0.5, "category": "insult"}, {"term": "Sh1t!", "weight": 0.1, "category": "insult"}]');
-- An error does no harm to the list before.
SELECT 'as before', toxicity('you dingo', json) FROM lexicon;
