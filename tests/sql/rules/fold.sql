-- fold(text): names compared as people read them.
-- plan 19

SELECT 'fold, letter case', fold('AnN'), 'ann' UNION ALL
SELECT 'fold, accents', fold('Änn Ørsted-Łuś'), 'ann orsted-lus' UNION ALL
SELECT 'fold, accents apart from their letter', fold('A' || char(0x308) || 'nn'), 'ann' UNION ALL
SELECT 'fold, ligatures', fold('Æﬁß'), 'aefiss' UNION ALL
SELECT 'fold, forms of a letter', fold('Ａⓝ𝓷'), 'ann' UNION ALL
SELECT 'fold, letters of other scripts that look so', fold('Аnn'), fold('Ann') UNION ALL
SELECT 'fold, letters of other scripts that do not, in lower case', fold('ЖЮ'), 'жю' UNION ALL
SELECT 'fold, characters without case', fold('猫ね한'), '猫ね한' UNION ALL
SELECT 'fold, invisible characters', fold('A' || char(0x200B) || 'n' || char(0x202E) || 'n'), 'ann' UNION ALL
SELECT 'fold, white space', fold(char(9) || ' Ann' || char(0xA0, 0x3000, 10) || 'Lee  '), 'ann lee' UNION ALL
SELECT 'fold, apostrophes', fold('O’Brien'), 'o''brien' UNION ALL
SELECT 'fold, digits, punctuation and pictures stay', fold('Ann_2! 🙂'), 'ann_2! 🙂' UNION ALL
SELECT 'fold, bytes that are not UTF-8', fold(CAST(x'41ff42' AS TEXT)), 'a' || char(0xFFFD) || 'b' UNION ALL
SELECT 'fold, a NUL is a character', hex(fold('A' || char(0) || 'B')), '610062' UNION ALL
SELECT 'fold, nothing', fold(''), '' UNION ALL
SELECT 'fold, nothing but white space', fold('  '), '' UNION ALL
SELECT 'fold, a number is text', fold(12), '12' UNION ALL
SELECT 'fold, NULL', fold(NULL), NULL;
-- error fold, a BLOB: fold: text must be TEXT, not a BLOB of length 1
SELECT fold(x'41');
