-- reputation_decay(rep [, periods [, rate [, neutral [, rounding]]]]),
-- reputation_after(rep, outcome [, clean [, review [, violation]]]) and
-- review_required(new_rep, outcome [, threshold [, violation_always]]).
-- plan 199

VALUES
  ('reputation_decay vector, decay(10, 1, 0.95) = 12', reputation_decay(10, 1, 0.95), 12),
  ('reputation_decay vector, decay(0, 1, 0.98) = 1', reputation_decay(0, 1, 0.98), 1),
  ('reputation_decay, periods is 1', reputation_decay(10), 12),
  ('reputation_decay, rate is 0.95', reputation_decay(10, 1), 12),
  ('reputation_decay, neutral is 50', reputation_decay(50, 1, 0), 50),
  ('reputation_decay, rounding is ceil', reputation_decay(99, 1, 0.95, 50), 97),
  ('reputation_decay from below rounds up', reputation_decay(30), 31),
  ('reputation_decay from above rounds up', reputation_decay(99), 97),
  ('reputation_decay from one below neutral gets there', reputation_decay(49), 50),
  ('reputation_decay from one above neutral stays', reputation_decay(51), 51),
  ('reputation_decay of neutral stays', reputation_decay(50), 50),
  ('reputation_decay of 0', reputation_decay(0), 3),
  ('reputation_decay of 100', reputation_decay(100), 98),
  ('reputation_decay of two periods is that of one, twice', reputation_decay(10, 2), 14),
  ('reputation_decay with ceil stops at 69 at 0.95', reputation_decay(100, 1000), 69),
  ('reputation_decay with ceil, 70 falls to 69', reputation_decay(70), 69),
  ('reputation_decay with ceil, 69 stays', reputation_decay(69), 69),
  ('reputation_decay with ceil gets to neutral from below', reputation_decay(0, 1000), 50),
  ('reputation_decay toward neutral gets there from above', reputation_decay(100, 1000, 0.95, 50, 'toward'), 50),
  ('reputation_decay toward neutral gets there from below', reputation_decay(0, 1000, 0.95, 50, 'toward'), 50),
  ('reputation_decay toward neutral rounds down from above', reputation_decay(99, 1, 0.95, 50, 'toward'), 96),
  ('reputation_decay toward neutral rounds up from below', reputation_decay(10, 1, 0.95, 50, 'toward'), 12),
  ('reputation_decay toward neutral, 51 gets there', reputation_decay(51, 1, 0.95, 50, 'toward'), 50),
  ('reputation_decay toward neutral, 49 gets there', reputation_decay(49, 1, 0.95, 50, 'toward'), 50),
  ('reputation_decay toward, any letter case', reputation_decay(99, 1, 0.95, 50, 'ToWard'), 96),
  ('reputation_decay ceil, any letter case', reputation_decay(99, 1, 0.95, 50, 'CEIL'), 97),
  ('reputation_decay, a million periods', reputation_decay(0, 1000000, 0.999), 50),
  ('reputation_decay, a million periods from above', reputation_decay(100, 1000000, 0.5), 51),
  ('reputation_decay, as many periods as there are', reputation_decay(0, 9223372036854775807, 0.999), 50),
  ('reputation_decay, as many periods as there are at rate 1', reputation_decay(33, 9223372036854775807, 1), 33),
  ('reputation_decay, 2^53 periods as a REAL', reputation_decay(0, 9007199254740992.0, 0.999), 50),
  ('reputation_decay of no period stays', reputation_decay(10, 0), 10),
  ('reputation_decay of no period rounds a fraction up', reputation_decay(10.2, 0), 11),
  ('reputation_decay of no period rounds a fraction toward neutral', reputation_decay(60.2, 0, 0.95, 50, 'toward'), 60),
  ('reputation_decay of a fraction', reputation_decay(10.5), 13),
  ('reputation_decay, rate 0 gets to neutral at once', reputation_decay(0, 1, 0), 50),
  ('reputation_decay, rate 1 stays', reputation_decay(0, 1, 1), 0),
  ('reputation_decay, neutral 0', reputation_decay(100, 1, 0.5, 0), 50),
  ('reputation_decay, neutral 100', reputation_decay(0, 1, 0.5, 100), 50),
  ('reputation_decay never falls below neutral 0', reputation_decay(100, 1000, 0.5, 0, 'toward'), 0),
  ('reputation_decay never rises above neutral 100', reputation_decay(0, 1000, 0.5, 100), 100),
  ('reputation_decay, a REAL without a fraction is an integer', reputation_decay(10.0, 1.0, 0.95, 50.0), 12),
  ('reputation_decay, numbers may be text', reputation_decay('10', '1', '0.95', '50'), 12),
  ('reputation_decay, rep NULL is NULL', reputation_decay(NULL), NULL),
  ('reputation_decay, periods NULL is NULL', reputation_decay(10, NULL), NULL),
  ('reputation_decay, rate NULL is NULL', reputation_decay(10, 1, NULL), NULL),
  ('reputation_decay, neutral NULL is NULL', reputation_decay(10, 1, 0.95, NULL), NULL),
  ('reputation_decay, rounding NULL is NULL', reputation_decay(10, 1, 0.95, 50, NULL), NULL);
WITH RECURSIVE start(rep) AS (SELECT 0 UNION ALL SELECT rep + 1 FROM start WHERE rep < 100)
SELECT 'reputation_decay stays between 0 and 100', min(reputation_decay(rep)) >= 0 AND max(reputation_decay(rep)) <= 100, 1 FROM start UNION ALL
SELECT 'reputation_decay is ceil(50 + (rep - 50) * 0.95) for each rep', sum(reputation_decay(rep) = ceil(50 + (rep - 50) * 0.95)), 101 FROM start UNION ALL
SELECT 'reputation_decay never passes neutral', sum((reputation_decay(rep, 5) - 50) * (rep - 50) < 0), 0 FROM start;

VALUES
  ('reputation_after SAFE is rep + 1', reputation_after(50, 'SAFE'), 51),
  ('reputation_after SAFE at 99 is 100', reputation_after(99, 'SAFE'), 100),
  ('reputation_after SAFE at 100 stays 100', reputation_after(100, 'SAFE'), 100),
  ('reputation_after SAFE at 99.5 is 100', reputation_after(99.5, 'SAFE'), 100),
  ('reputation_after SAFE at 0 is 1', reputation_after(0, 'SAFE'), 1),
  ('reputation_after REVIEW is rep - 5', reputation_after(50, 'REVIEW'), 45),
  ('reputation_after REVIEW at 6 is 1', reputation_after(6, 'REVIEW'), 1),
  ('reputation_after REVIEW at 5 is 0', reputation_after(5, 'REVIEW'), 0),
  ('reputation_after REVIEW at 4 is 0', reputation_after(4, 'REVIEW'), 0),
  ('reputation_after VIOLATION is rep - 15', reputation_after(50, 'VIOLATION'), 35),
  ('reputation_after VIOLATION at 16 is 1', reputation_after(16, 'VIOLATION'), 1),
  ('reputation_after VIOLATION at 15 is 0', reputation_after(15, 'VIOLATION'), 0),
  ('reputation_after VIOLATION at 14 is 0', reputation_after(14, 'VIOLATION'), 0),
  ('reputation_after VIOLATION at 100', reputation_after(100, 'VIOLATION'), 85),
  ('reputation_after, safe in lower case', reputation_after(50, 'safe'), 51),
  ('reputation_after, review in mixed case', reputation_after(50, 'Review'), 45),
  ('reputation_after, violation in lower case', reputation_after(50, 'violation'), 35),
  ('reputation_after, clean given', reputation_after(50, 'SAFE', 3), 53),
  ('reputation_after, clean 0', reputation_after(50, 'SAFE', 0), 50),
  ('reputation_after, clean 100', reputation_after(0, 'SAFE', 100), 100),
  ('reputation_after, clean does not touch REVIEW', reputation_after(50, 'REVIEW', 3), 45),
  ('reputation_after, review given', reputation_after(50, 'REVIEW', 1, -8), 42),
  ('reputation_after, review 0', reputation_after(50, 'REVIEW', 1, 0), 50),
  ('reputation_after, review -100', reputation_after(100, 'REVIEW', 1, -100), 0),
  ('reputation_after, review does not touch VIOLATION', reputation_after(50, 'VIOLATION', 1, -8), 35),
  ('reputation_after, violation given', reputation_after(50, 'VIOLATION', 1, -5, -30), 20),
  ('reputation_after, violation 0', reputation_after(50, 'VIOLATION', 1, -5, 0), 50),
  ('reputation_after, violation -100', reputation_after(100, 'VIOLATION', 1, -5, -100), 0),
  ('reputation_after, violation does not touch SAFE', reputation_after(50, 'SAFE', 1, -5, -30), 51),
  ('reputation_after of a REAL without a fraction is an INTEGER', reputation_after(50.0, 'SAFE', 1.0, -5.0, -15.0), 51),
  ('reputation_after of a fraction is a REAL', reputation_after(50.5, 'SAFE'), 51.5),
  ('reputation_after of fractions that make a whole is an INTEGER', reputation_after(50.5, 'SAFE', 0.5), 51),
  ('reputation_after, numbers may be text', reputation_after('50', 'SAFE', '3', '-5', '-15'), 53),
  ('reputation_after, rep NULL is NULL', reputation_after(NULL, 'SAFE'), NULL),
  ('reputation_after, outcome NULL is NULL', reputation_after(50, NULL), NULL),
  ('reputation_after, clean NULL is NULL', reputation_after(50, 'REVIEW', NULL), NULL),
  ('reputation_after, review NULL is NULL', reputation_after(50, 'SAFE', 1, NULL), NULL),
  ('reputation_after, violation NULL is NULL', reputation_after(50, 'SAFE', 1, -5, NULL), NULL);

VALUES
  ('review_required, SAFE is 0', review_required(50, 'SAFE'), 0),
  ('review_required, SAFE is 0 at 0', review_required(0, 'SAFE'), 0),
  ('review_required, SAFE is 0 with violation_always', review_required(0, 'SAFE', 70, 1), 0),
  ('review_required, REVIEW at 70 is 1', review_required(70, 'REVIEW'), 1),
  ('review_required, REVIEW above 70 is 0', review_required(70.001, 'REVIEW'), 0),
  ('review_required, REVIEW below 70 is 1', review_required(69.999, 'REVIEW'), 1),
  ('review_required, VIOLATION at 70 is 1', review_required(70, 'VIOLATION'), 1),
  ('review_required, VIOLATION above 70 is 0', review_required(70.001, 'VIOLATION'), 0),
  ('review_required, threshold given, at it', review_required(40, 'REVIEW', 40), 1),
  ('review_required, threshold given, above it', review_required(40.001, 'REVIEW', 40), 0),
  ('review_required, threshold 0, at 0', review_required(0, 'REVIEW', 0), 1),
  ('review_required, threshold 100, at 100', review_required(100, 'REVIEW', 100), 1),
  ('review_required, violation_always is 0', review_required(100, 'VIOLATION', 70), 0),
  ('review_required, violation_always 1, VIOLATION above the threshold', review_required(100, 'VIOLATION', 70, 1), 1),
  ('review_required, violation_always 1, REVIEW above the threshold', review_required(100, 'REVIEW', 70, 1), 0),
  ('review_required, violation_always 1, REVIEW at the threshold', review_required(70, 'REVIEW', 70, 1), 1),
  ('review_required, violation_always may be 1.0', review_required(100, 'VIOLATION', 70, 1.0), 1),
  ('review_required, any letter case', review_required(70, 'review'), 1),
  ('review_required, any letter case of violation', review_required(100, 'Violation', 70, 1), 1),
  ('review_required, any letter case of safe', review_required(0, 'Safe'), 0),
  ('review_required, numbers may be text', review_required('70', 'REVIEW', '70', '0'), 1),
  ('review_required, new_rep NULL is NULL', review_required(NULL, 'REVIEW'), NULL),
  ('review_required, outcome NULL is NULL', review_required(70, NULL), NULL),
  ('review_required, threshold NULL is NULL', review_required(70, 'REVIEW', NULL), NULL),
  ('review_required, violation_always NULL is NULL', review_required(70, 'REVIEW', 70, NULL), NULL);

-- What is refused.
-- error reputation_decay refuses rep that is text: reputation_decay: rep must be between 0 and 100, not 'x'
SELECT reputation_decay('x');
-- error reputation_decay refuses rep that is a BLOB: reputation_decay: rep must be between 0 and 100, not a BLOB of length 1
SELECT reputation_decay(x'00');
-- error reputation_decay refuses rep of infinity: reputation_decay: rep must be between 0 and 100, not Inf
SELECT reputation_decay(9e999);
-- error reputation_decay refuses rep of minus infinity: reputation_decay: rep must be between 0 and 100, not -Inf
SELECT reputation_decay(-9e999);
-- error reputation_decay refuses rep below its range (-0.001): reputation_decay: rep must be between 0 and 100, not -0.001
SELECT reputation_decay(-0.001);
-- error reputation_decay refuses rep above its range (100.001): reputation_decay: rep must be between 0 and 100, not 100.001
SELECT reputation_decay(100.001);
-- error reputation_decay refuses periods that is text: reputation_decay: periods must be an integer, 0 or more, not 'x'
SELECT reputation_decay(10, 'x');
-- error reputation_decay refuses periods that is a BLOB: reputation_decay: periods must be an integer, 0 or more, not a BLOB of length 1
SELECT reputation_decay(10, x'00');
-- error reputation_decay refuses periods of infinity: reputation_decay: periods must be an integer, 0 or more, not Inf
SELECT reputation_decay(10, 9e999);
-- error reputation_decay refuses periods of minus infinity: reputation_decay: periods must be an integer, 0 or more, not -Inf
SELECT reputation_decay(10, -9e999);
-- error reputation_decay refuses periods below its range (-1): reputation_decay: periods must be an integer, 0 or more, not -1
SELECT reputation_decay(10, -1);
-- error reputation_decay refuses periods with a fraction: reputation_decay: periods must be an integer, 0 or more, not 1.5
SELECT reputation_decay(10, 1.5);
-- error reputation_decay refuses periods that is a REAL above 2^53: reputation_decay: periods must be an integer, 0 or more, not 9.00719925474099e+15
SELECT reputation_decay(10, 9007199254740994.0);
-- error reputation_decay refuses rate that is text: reputation_decay: rate must be between 0 and 1, not 'x'
SELECT reputation_decay(10, 1, 'x');
-- error reputation_decay refuses rate that is a BLOB: reputation_decay: rate must be between 0 and 1, not a BLOB of length 1
SELECT reputation_decay(10, 1, x'00');
-- error reputation_decay refuses rate of infinity: reputation_decay: rate must be between 0 and 1, not Inf
SELECT reputation_decay(10, 1, 9e999);
-- error reputation_decay refuses rate of minus infinity: reputation_decay: rate must be between 0 and 1, not -Inf
SELECT reputation_decay(10, 1, -9e999);
-- error reputation_decay refuses rate below its range (-0.001): reputation_decay: rate must be between 0 and 1, not -0.001
SELECT reputation_decay(10, 1, -0.001);
-- error reputation_decay refuses rate above its range (1.001): reputation_decay: rate must be between 0 and 1, not 1.001
SELECT reputation_decay(10, 1, 1.001);
-- error reputation_decay refuses neutral that is text: reputation_decay: neutral must be an integer between 0 and 100, not 'x'
SELECT reputation_decay(10, 1, 0.95, 'x');
-- error reputation_decay refuses neutral that is a BLOB: reputation_decay: neutral must be an integer between 0 and 100, not a BLOB of length 1
SELECT reputation_decay(10, 1, 0.95, x'00');
-- error reputation_decay refuses neutral of infinity: reputation_decay: neutral must be an integer between 0 and 100, not Inf
SELECT reputation_decay(10, 1, 0.95, 9e999);
-- error reputation_decay refuses neutral of minus infinity: reputation_decay: neutral must be an integer between 0 and 100, not -Inf
SELECT reputation_decay(10, 1, 0.95, -9e999);
-- error reputation_decay refuses neutral below its range (-1): reputation_decay: neutral must be an integer between 0 and 100, not -1
SELECT reputation_decay(10, 1, 0.95, -1);
-- error reputation_decay refuses neutral above its range (101): reputation_decay: neutral must be an integer between 0 and 100, not 101
SELECT reputation_decay(10, 1, 0.95, 101);
-- error reputation_decay refuses neutral with a fraction: reputation_decay: neutral must be an integer between 0 and 100, not 49.5
SELECT reputation_decay(10, 1, 0.95, 49.5);
-- error reputation_decay refuses rounding that is another word: reputation_decay: rounding must be 'ceil' or 'toward', not 'floor'
SELECT reputation_decay(10, 1, 0.95, 50, 'floor');
-- error reputation_decay refuses rounding that is no word: reputation_decay: rounding must be 'ceil' or 'toward', not ''
SELECT reputation_decay(10, 1, 0.95, 50, '');
-- error reputation_decay refuses rounding that is a BLOB: reputation_decay: rounding must be 'ceil' or 'toward', not a BLOB of length 1
SELECT reputation_decay(10, 1, 0.95, 50, x'00');
-- error reputation_decay refuses rounding that is a number: reputation_decay: rounding must be 'ceil' or 'toward', not 1
SELECT reputation_decay(10, 1, 0.95, 50, 1);
-- error reputation_decay refuses rounding that is a word with a zero behind: reputation_decay: rounding must be 'ceil' or 'toward', not 'ceil.'
SELECT reputation_decay(10, 1, 0.95, 50, 'ceil' || char(0));
-- error reputation_after refuses rep that is text: reputation_after: rep must be between 0 and 100, not 'x'
SELECT reputation_after('x', 'SAFE');
-- error reputation_after refuses rep that is a BLOB: reputation_after: rep must be between 0 and 100, not a BLOB of length 1
SELECT reputation_after(x'00', 'SAFE');
-- error reputation_after refuses rep of infinity: reputation_after: rep must be between 0 and 100, not Inf
SELECT reputation_after(9e999, 'SAFE');
-- error reputation_after refuses rep of minus infinity: reputation_after: rep must be between 0 and 100, not -Inf
SELECT reputation_after(-9e999, 'SAFE');
-- error reputation_after refuses rep below its range (-0.001): reputation_after: rep must be between 0 and 100, not -0.001
SELECT reputation_after(-0.001, 'SAFE');
-- error reputation_after refuses rep above its range (100.001): reputation_after: rep must be between 0 and 100, not 100.001
SELECT reputation_after(100.001, 'SAFE');
-- error reputation_after refuses outcome that is another word: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 'UNSAFE'
SELECT reputation_after(50, 'UNSAFE');
-- error reputation_after refuses outcome that is no word: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not ''
SELECT reputation_after(50, '');
-- error reputation_after refuses outcome that is a space behind: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 'SAFE '
SELECT reputation_after(50, 'SAFE ');
-- error reputation_after refuses outcome that is a number: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 1
SELECT reputation_after(50, 1);
-- error reputation_after refuses outcome that is a BLOB: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not a BLOB of length 1
SELECT reputation_after(50, x'00');
-- error reputation_after refuses outcome that is a word with a zero behind: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 'SAFE.'
SELECT reputation_after(50, 'SAFE' || char(0));
-- error reputation_after refuses clean that is text: reputation_after: clean must be between 0 and 100, not 'x'
SELECT reputation_after(50, 'SAFE', 'x');
-- error reputation_after refuses clean that is a BLOB: reputation_after: clean must be between 0 and 100, not a BLOB of length 1
SELECT reputation_after(50, 'SAFE', x'00');
-- error reputation_after refuses clean of infinity: reputation_after: clean must be between 0 and 100, not Inf
SELECT reputation_after(50, 'SAFE', 9e999);
-- error reputation_after refuses clean of minus infinity: reputation_after: clean must be between 0 and 100, not -Inf
SELECT reputation_after(50, 'SAFE', -9e999);
-- error reputation_after refuses clean below its range (-0.001): reputation_after: clean must be between 0 and 100, not -0.001
SELECT reputation_after(50, 'SAFE', -0.001);
-- error reputation_after refuses clean above its range (100.001): reputation_after: clean must be between 0 and 100, not 100.001
SELECT reputation_after(50, 'SAFE', 100.001);
-- error reputation_after refuses clean that is below where it does not matter: reputation_after: clean must be between 0 and 100, not -1
SELECT reputation_after(50, 'REVIEW', -1);
-- error reputation_after refuses review that is text: reputation_after: review must be between -100 and 0, not 'x'
SELECT reputation_after(50, 'REVIEW', 1, 'x');
-- error reputation_after refuses review that is a BLOB: reputation_after: review must be between -100 and 0, not a BLOB of length 1
SELECT reputation_after(50, 'REVIEW', 1, x'00');
-- error reputation_after refuses review of infinity: reputation_after: review must be between -100 and 0, not Inf
SELECT reputation_after(50, 'REVIEW', 1, 9e999);
-- error reputation_after refuses review of minus infinity: reputation_after: review must be between -100 and 0, not -Inf
SELECT reputation_after(50, 'REVIEW', 1, -9e999);
-- error reputation_after refuses review below its range (-100.001): reputation_after: review must be between -100 and 0, not -100.001
SELECT reputation_after(50, 'REVIEW', 1, -100.001);
-- error reputation_after refuses review above its range (0.001): reputation_after: review must be between -100 and 0, not 0.001
SELECT reputation_after(50, 'REVIEW', 1, 0.001);
-- error reputation_after refuses violation that is text: reputation_after: violation must be between -100 and 0, not 'x'
SELECT reputation_after(50, 'VIOLATION', 1, -5, 'x');
-- error reputation_after refuses violation that is a BLOB: reputation_after: violation must be between -100 and 0, not a BLOB of length 1
SELECT reputation_after(50, 'VIOLATION', 1, -5, x'00');
-- error reputation_after refuses violation of infinity: reputation_after: violation must be between -100 and 0, not Inf
SELECT reputation_after(50, 'VIOLATION', 1, -5, 9e999);
-- error reputation_after refuses violation of minus infinity: reputation_after: violation must be between -100 and 0, not -Inf
SELECT reputation_after(50, 'VIOLATION', 1, -5, -9e999);
-- error reputation_after refuses violation below its range (-100.001): reputation_after: violation must be between -100 and 0, not -100.001
SELECT reputation_after(50, 'VIOLATION', 1, -5, -100.001);
-- error reputation_after refuses violation above its range (0.001): reputation_after: violation must be between -100 and 0, not 0.001
SELECT reputation_after(50, 'VIOLATION', 1, -5, 0.001);
-- error review_required refuses new_rep that is text: review_required: new_rep must be between 0 and 100, not 'x'
SELECT review_required('x', 'SAFE');
-- error review_required refuses new_rep that is a BLOB: review_required: new_rep must be between 0 and 100, not a BLOB of length 1
SELECT review_required(x'00', 'SAFE');
-- error review_required refuses new_rep of infinity: review_required: new_rep must be between 0 and 100, not Inf
SELECT review_required(9e999, 'SAFE');
-- error review_required refuses new_rep of minus infinity: review_required: new_rep must be between 0 and 100, not -Inf
SELECT review_required(-9e999, 'SAFE');
-- error review_required refuses new_rep below its range (-0.001): review_required: new_rep must be between 0 and 100, not -0.001
SELECT review_required(-0.001, 'SAFE');
-- error review_required refuses new_rep above its range (100.001): review_required: new_rep must be between 0 and 100, not 100.001
SELECT review_required(100.001, 'SAFE');
-- error review_required refuses outcome that is another word: review_required: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 'UNSAFE'
SELECT review_required(50, 'UNSAFE');
-- error review_required refuses outcome that is no word: review_required: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not ''
SELECT review_required(50, '');
-- error review_required refuses outcome that is a number: review_required: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 1
SELECT review_required(50, 1);
-- error review_required refuses outcome that is a BLOB: review_required: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not a BLOB of length 1
SELECT review_required(50, x'00');
-- error review_required refuses threshold that is text: review_required: threshold must be between 0 and 100, not 'x'
SELECT review_required(50, 'REVIEW', 'x');
-- error review_required refuses threshold that is a BLOB: review_required: threshold must be between 0 and 100, not a BLOB of length 1
SELECT review_required(50, 'REVIEW', x'00');
-- error review_required refuses threshold of infinity: review_required: threshold must be between 0 and 100, not Inf
SELECT review_required(50, 'REVIEW', 9e999);
-- error review_required refuses threshold of minus infinity: review_required: threshold must be between 0 and 100, not -Inf
SELECT review_required(50, 'REVIEW', -9e999);
-- error review_required refuses threshold below its range (-0.001): review_required: threshold must be between 0 and 100, not -0.001
SELECT review_required(50, 'REVIEW', -0.001);
-- error review_required refuses threshold above its range (100.001): review_required: threshold must be between 0 and 100, not 100.001
SELECT review_required(50, 'REVIEW', 100.001);
-- error review_required refuses violation_always that is text: review_required: violation_always must be 0 or 1, not 'x'
SELECT review_required(50, 'REVIEW', 70, 'x');
-- error review_required refuses violation_always that is a BLOB: review_required: violation_always must be 0 or 1, not a BLOB of length 1
SELECT review_required(50, 'REVIEW', 70, x'00');
-- error review_required refuses violation_always of infinity: review_required: violation_always must be 0 or 1, not Inf
SELECT review_required(50, 'REVIEW', 70, 9e999);
-- error review_required refuses violation_always of minus infinity: review_required: violation_always must be 0 or 1, not -Inf
SELECT review_required(50, 'REVIEW', 70, -9e999);
-- error review_required refuses violation_always below its range (-1): review_required: violation_always must be 0 or 1, not -1
SELECT review_required(50, 'REVIEW', 70, -1);
-- error review_required refuses violation_always above its range (2): review_required: violation_always must be 0 or 1, not 2
SELECT review_required(50, 'REVIEW', 70, 2);
-- error review_required refuses violation_always with a fraction: review_required: violation_always must be 0 or 1, not 0.5
SELECT review_required(50, 'REVIEW', 70, 0.5);
