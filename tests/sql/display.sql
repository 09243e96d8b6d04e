-- display(text): chat text made safe to look at.

SELECT display('plain words, ümlauts, 漢字 and 🙂 stay as they are');
-- Controls become their pictures: escape sequences do nothing, a line stays one line.
SELECT display('a' || char(27) || '[2J' || char(27) || ']0;title' || char(7));
SELECT display('two' || char(13, 10) || 'lines' || char(9) || 'tab');
SELECT display(char(1, 8, 11, 31, 127));
SELECT 'zero byte', display('a' || char(0) || 'b');
-- C1 controls, which some terminals obey too.
SELECT display(char(0x80) || char(0x9B) || '31m');
-- What turns the direction of the line, or cannot be seen.
SELECT display('user' || char(0x202E) || 'gpj.exe');
SELECT column1, display(char(column1))
  FROM (VALUES (0xAD), (0x61C), (0x180E), (0x200B), (0x200F), (0x2028), (0x2029), (0x202A), (0x2060), (0x2066),
               (0x206F), (0xFEFF), (0xFFF9), (0xFFFB), (0xE0001), (0xE007F));
-- Their neighbours are ordinary.
SELECT column1, display(char(column1)) = char(column1)
  FROM (VALUES (0x20), (0x7E), (0xA0), (0xAC), (0xAE), (0x61B), (0x200A), (0x2010), (0x2027), (0x202F), (0x205F),
               (0x2070), (0xFEFE), (0xFFF8), (0xFFFC), (0xE0080));
-- Bytes that are not UTF-8, one mark for each: a lone byte, a character cut off, one written too
-- long, half of a surrogate pair, one beyond the last.
SELECT display(CAST(column1 AS TEXT))
  FROM (VALUES (x'61FF62'), (x'61E282'), (x'C0AF'), (x'EDA080'), (x'F4908080'), (x'F8'), (x'80'));

-- Twice is as good as once.
SELECT 'twice', display(display(char(27) || char(0x202E))) = display(char(27) || char(0x202E));

SELECT 'NULL', display(NULL), 'empty', display('') = '', typeof(display(''));
SELECT 'a number', display(12), display(1.5), typeof(display(12));
SELECT 'a BLOB', display(x'616263'), display(x'61FF');

CREATE VIEW shown AS SELECT display(char(27)) AS text;
SELECT text FROM shown;
