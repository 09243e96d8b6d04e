-- regexp(pattern, text), text REGEXP pattern: regular expressions of PCRE2, which end.
-- plan 66

VALUES
  ('regexp, finds a part', 'pay 30 now' REGEXP '\d+', 1),
  ('regexp, finds nothing', 'pay' REGEXP '\d', 0),
  ('regexp, takes the pattern first', regexp('^a', 'ab'), 1),
  ('regexp, is an INTEGER', typeof(regexp('a', 'a')), 'integer'),
  ('regexp, empty pattern matches', '' REGEXP '', 1),
  ('regexp, empty pattern matches any text', 'a' REGEXP '', 1),
  ('regexp, NOT', 'a' NOT REGEXP 'b', 1),
  ('regexp, anchors are those of the text', 'a' || char(10) || 'b' REGEXP '^b', 0),
  ('regexp, (?m) anchors are those of lines', 'a' || char(10) || 'b' REGEXP '(?m)^b$', 1),
  ('regexp, a dot is no line feed', char(10) REGEXP '.', 0),
  ('regexp, a dot is a carriage return', char(13) REGEXP '.', 1),
  ('regexp, (?s) a dot is a line feed', char(10) REGEXP '(?s).', 1),
  ('regexp, a dot is a character, not a byte', 'é' REGEXP '^.$', 1),
  ('regexp, letters are Unicodes', 'Ünïcode' REGEXP '^\w+$', 1),
  ('regexp, digits are Unicodes', '٣' REGEXP '^\d$', 1),
  ('regexp, case counts', 'É' REGEXP 'é', 0),
  ('regexp, (?i) case does not count, with Unicodes letters', 'É' REGEXP '(?i)é', 1),
  ('regexp, has scripts', 'привет' REGEXP '^\p{Cyrillic}+$', 1),
  ('regexp, has back references', 'abab' REGEXP '^(ab)\1$', 1),
  ('regexp, has look-ahead', 'foobar' REGEXP 'foo(?=bar)', 1),
  ('regexp, has look-behind', 'foobar' REGEXP '(?<!foo)bar', 0),
  ('regexp, has atomic groups', 'aaa' REGEXP '(?>a*)a', 0),
  ('regexp, has word boundaries', 'a cat sat' REGEXP '\bcat\b', 1),
  ('regexp, zeros in the text are characters', 'a' || char(0) || 'b' REGEXP '^a.b$', 1),
  ('regexp, zeros in the pattern are characters', 'a' || char(0) || 'b' REGEXP ('a' || char(0) || 'b'), 1),
  ('regexp, what is no UTF-8 matches nothing', CAST(x'61ff62' AS TEXT) REGEXP 'a.b', 0),
  ('regexp, text beside what is no UTF-8 is searched', CAST(x'61ff62' AS TEXT) REGEXP 'b', 1),
  ('regexp, a number is its text', 12.5 REGEXP '^12\.5$', 1),
  ('regexp, a pattern may be a number', 'a12' REGEXP 12, 1),
  ('regexp, NULL text', NULL REGEXP 'a', NULL),
  ('regexp, NULL pattern', 'a' REGEXP NULL, NULL),
  ('regexp, 4096 bytes of pattern', '' REGEXP printf('%.4096c', 'a'), 0),
  ('regexp, 32 groups', regexp(replace(printf('%.32c', 'x'), 'x', '()'), ''), 1),
  ('regexp, 40 letters in a class', '😀' REGEXP '[' || printf('%.39c', 'Ā') || '😀]', 1),
  ('regexp, an alphabet in a class', 'ж' REGEXP '^[абвгдеёжзийклмнопрстуфхцчшщъыьэюя]$', 1),
  ('regexp, any number of letters of Latin-1 in a class', 'ü' REGEXP '^[' || printf('%.100c', 'é') || 'ü]$', 1),
  ('regexp, 20 properties in a class', 'a' REGEXP '[' || replace(printf('%.19c', 'x'), 'x', '\p{Lu}') || '\w]', 1),
  ('regexp, ranges without case', 'ŽЯ' REGEXP '(?i)^[a-zà-öø-ÿ0-9_ž][а-яё]$', 1),
  ('regexp, a long range without case', 'Ž' REGEXP '(?i)^[a-zà-ž]$', 1),
  ('regexp, a character by its number is no repeat', 'ჿ' REGEXP '^\x{10ff}$|\x{2000}', 1),
  ('regexp, 1000 repeats', printf('%.1000c', 'a') REGEXP '^a{1000}$', 1),
  ('regexp, up to 1000 repeats of a group', printf('%.2000c', 'a') REGEXP '^(?:aa){0,1000}$', 1),
  ('regexp, 1048576 bytes of text', regexp('^a', printf('%.1048576c', 'a')), 1),
  ('regexp, a long text', printf('%.*c', 200000, 'a') || 'b' REGEXP 'ab$', 1),
  ('regexp, many branches over a chat message', printf('%.400c', 'x') || ' buy now' REGEXP '(?i)\b(?:buy|sell|win|free|click)\b.*now', 1);

-- error regexp, BLOB text: regexp: text must be text, not a BLOB of length 1
SELECT x'61' REGEXP 'a';

-- error regexp, BLOB pattern: regexp: pattern must be text, not a BLOB of length 1
SELECT 'a' REGEXP x'61';

-- error regexp, wrong pattern: regexp: the pattern is wrong at byte 3: missing closing parenthesis
SELECT 'a' REGEXP '(a';

-- error regexp, wrong pattern, behind wide characters: regexp: the pattern is wrong at byte 4: missing closing parenthesis
SELECT 'a' REGEXP 'é(';

-- error regexp, no single bytes: regexp: the pattern is wrong at byte 3: using \C is disabled by the application
SELECT 'a' REGEXP '\C';

-- error regexp, 4097 bytes of pattern: regexp: a pattern must be at most 4096 bytes, not 4097
SELECT '' REGEXP printf('%.4097c', 'a');

-- error regexp, 33 groups: regexp: a pattern must have at most 32 groups
SELECT regexp(replace(printf('%.33c', 'x'), 'x', '()'), '');

-- error regexp, too many steps: regexp: the pattern takes too many steps for this text
SELECT printf('%.30c', 'a') || 'b' REGEXP '^(a|a)*$';

-- error regexp, a limit in the pattern raises none: regexp: the pattern takes too many steps for this text
SELECT printf('%.30c', 'a') || 'b' REGEXP '(*LIMIT_MATCH=4000000000)^(a|a)*$';

-- error regexp, too deep: regexp: the pattern is nested too deep for this text
SELECT replace(printf('%.100000c', 'x'), 'x', 'ab') REGEXP '^(?:(a)|(b))*$';

-- error regexp, too much to compile: regexp: the pattern takes too many steps for this text
SELECT '' REGEXP '(?i)' || replace(printf('%.100c', 'x'), 'x', '[\x{80}-\x{10ffff}]');

-- error regexp, too large: regexp: the pattern is wrong at byte 38: regular expression is too large
SELECT '' REGEXP '((((a{1,100}){1,100}){1,100}){1,100})';

-- error regexp, 41 letters in a class: regexp: the pattern is wrong at byte 3: a class must count at most 40, not 41: a letter beyond Latin-1 is 1, a property 2
SELECT '' REGEXP 'a+[^' || printf('%.41c', 'Ā') || ']+b';

-- error regexp, 21 properties in a class: regexp: the pattern is wrong at byte 1: a class must count at most 40, not 42: a letter beyond Latin-1 is 1, a property 2
SELECT '' REGEXP '[' || replace(printf('%.21c', 'x'), 'x', '\P{Lu}') || ']';

-- error regexp, 11 POSIX names in a class: regexp: the pattern is wrong at byte 1: a class must count at most 40, not 44: a letter beyond Latin-1 is 1, a property 2
SELECT '' REGEXP '[' || replace(printf('%.11c', 'x'), 'x', '[:alpha:]') || ']';

-- error regexp, quoted letters in a class: regexp: the pattern is wrong at byte 1: a class must count at most 40, not 45: a letter beyond Latin-1 is 1, a property 2
SELECT '' REGEXP '[\Q' || printf('%.41c', 'Ā') || '\E]';

-- error regexp, 1001 repeats: regexp: the pattern is wrong at byte 2: a repeat must be at most 1000 times
SELECT '' REGEXP 'ab{1001}';

-- error regexp, up to 1001 repeats of a group: regexp: the pattern is wrong at byte 4: a repeat must be at most 1000 times
SELECT '' REGEXP '(ab){2,1001}?';

-- error regexp, 1048577 bytes of text: regexp: text must be at most 1048576 bytes, not 1048577
SELECT printf('%.1048577c', 'a') REGEXP 'b';

-- error regexp, no graphemes: regexp: the pattern is wrong at byte 2: \X is not available
SELECT '' REGEXP 'a\X+';

-- error regexp, no script runs: regexp: the pattern is wrong at byte 1: (*sr: is not available
SELECT '' REGEXP '(*sr:a)';
