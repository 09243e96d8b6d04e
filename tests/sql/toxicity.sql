-- toxicity(text): how hostile a text is, by a list of weighted terms.

SELECT 'nothing', toxicity('good morning'), toxicity(''), toxicity('   '), toxicity('12345'), toxicity('!?');
SELECT 'aimed at somebody', round(toxicity('you are an idiot'), 4);
SELECT 'at nobody', round(toxicity('this idiot of a capacitor'), 4);
SELECT 'quoted', round(toxicity('he said "you are an idiot"'), 4);

-- Two hits are worse than one, 1 - (1 - 0.6) * (1 - 0.45), and no number of them is more than 1.
SELECT 'two', round(toxicity('you idiot, you are pathetic'), 4), round(1 - (1 - 0.6) * (1 - 0.45), 4);
SELECT 'many', toxicity(replace(printf('%.500c', 'x'), 'x', 'you idiot ')) <= 1;
-- A phrase counts as a whole, not by its words; the words may be anywhere in the text.
SELECT 'phrase', round(toxicity('shut up'), 4), round(toxicity('oh please, SHUT   UP!'), 4), round(toxicity('up, shut'), 4);
-- Only whole words count.
SELECT 'part of a word', toxicity('scrap the classic cockpit'), toxicity('idiotproof');

-- Letter case, punctuation, lengthened letters and letters written as digits do not hide a word.
SELECT 'disguised', text, round(toxicity(text), 4)
  FROM (SELECT 'YOU IDIOT' AS text UNION ALL SELECT 'you...idiot!!!' UNION ALL SELECT 'you idiooooot'
        UNION ALL SELECT 'you 1d10t' UNION ALL SELECT 'you $tup1d' UNION ALL SELECT 'yoooou idi0t');

-- Who it is aimed at: any word for "you" in the text.
SELECT 'you', word, round(toxicity(word || ' idiot'), 4)
  FROM (SELECT 'you' AS word UNION ALL SELECT 'your' UNION ALL SELECT 'you''re' UNION ALL SELECT 'ur'
        UNION ALL SELECT 'yourself' UNION ALL SELECT 'the' UNION ALL SELECT 'youth');

-- Between quotation marks a word is somebody else's; an apostrophe inside of a word is none.
SELECT 'quotation marks', text, round(toxicity(text), 4)
  FROM (SELECT 'you "idiot"' AS text UNION ALL SELECT 'you ''idiot''' UNION ALL SELECT '"you" idiot'
        UNION ALL SELECT 'it''s you, idiot');

-- "Not" and its like weaken what stands within two words behind them.
SELECT 'negation', text, round(toxicity(text), 4)
  FROM (SELECT 'you are not idiot' AS text UNION ALL SELECT 'you are not an idiot' UNION ALL SELECT 'you are not such an idiot'
        UNION ALL SELECT 'you aren''t an idiot' UNION ALL SELECT 'never you idiot' UNION ALL SELECT 'you idiot, not');

-- Other scripts and bytes that are no text do no harm, nor does length.
SELECT 'other letters', toxicity('доброе утро'), toxicity('おはよう'), round(toxicity('ты idiot you'), 4);
SELECT 'not UTF-8', round(toxicity('you ' || CAST(x'FF' AS TEXT) || ' idiot'), 4);
SELECT 'long', toxicity(printf('%.100000c', 'x')), round(toxicity(printf('%.100000c', ' ') || 'you idiot'), 4);
SELECT 'zero byte', round(toxicity('you' || char(0) || 'idiot'), 4);

SELECT 'NULL', toxicity(NULL), 'number', toxicity(42), 'type', typeof(toxicity('good morning'));

CREATE TABLE message(text, toxicity AS (round(toxicity(text), 2)));
INSERT INTO message VALUES ('you are an idiot');
SELECT 'generated column', toxicity FROM message;

SELECT toxicity(x'616263');
SELECT 'one mark is no quotation', round(toxicity('" you are an idiot'), 2), round(toxicity('''cause you are an idiot'), 2), round(toxicity('5" disk, you are an idiot'), 2);
