-- sampling_rate(rep [, content_type [, multiplier [, high_risk [, low_risk]]]]) and
-- should_analyze(rep, content_type, u [, multiplier, high_risk, low_risk]).
-- plan 124

VALUES
  ('sampling_rate, rep 0 is 1.0', sampling_rate(0), 1.0),
  ('sampling_rate, rep below 30 is 1.0', sampling_rate(29.999), 1.0),
  ('sampling_rate, rep 30 is 0.5', sampling_rate(30), 0.5),
  ('sampling_rate, rep 50 is half the way', sampling_rate(50), 0.26),
  ('sampling_rate, rep 40 is a quarter of the way', sampling_rate(40), 0.38),
  ('sampling_rate, rep just above 30 is just below 0.5', sampling_rate(30.001) BETWEEN 0.4999 AND 0.49999, 1),
  ('sampling_rate, rep just below 70 is just above 0.02', sampling_rate(69.999) BETWEEN 0.02001 AND 0.0201, 1),
  ('sampling_rate, rep 70 is 0.02', sampling_rate(70), 0.02),
  ('sampling_rate, rep above 70 is 0.02', sampling_rate(70.001), 0.02),
  ('sampling_rate, rep 100 is 0.02', sampling_rate(100), 0.02),
  ('sampling_rate, content type text is the default', sampling_rate(50, 'text'), 0.26),
  ('sampling_rate, content type in any letter case', sampling_rate(50, 'Text'), 0.26),
  ('sampling_rate, another content type is 0', sampling_rate(50, 'image'), 0.0),
  ('sampling_rate, another content type is 0 at rep 0', sampling_rate(0, 'image', 100), 0.0),
  ('sampling_rate, text/html is another content type', sampling_rate(50, 'text/html'), 0.0),
  ('sampling_rate, an empty content type is another', sampling_rate(50, ''), 0.0),
  ('sampling_rate, multiplier is 1.0', sampling_rate(50, 'text', 1.0), 0.26),
  ('sampling_rate, multiplier 2', sampling_rate(50, 'text', 2), 0.52),
  ('sampling_rate, multiplier below 1', sampling_rate(50, 'text', 0.5), 0.13),
  ('sampling_rate, multiplier 0', sampling_rate(50, 'text', 0), 0.0),
  ('sampling_rate, multiplier lowers a high risk, too', sampling_rate(0, 'text', 0.5), 0.5),
  ('sampling_rate, multiplier raises a low risk, too', sampling_rate(100, 'text', 3), 0.02 * 3),
  ('sampling_rate is at most 1', sampling_rate(50, 'text', 10), 1.0),
  ('sampling_rate is at most 1 for a multiplier beyond all numbers', sampling_rate(0, 'text', 1.7e308), 1.0),
  ('sampling_rate, a product of just 1 stays', sampling_rate(30, 'text', 2), 1.0),
  ('sampling_rate, high_risk given, below it', sampling_rate(9.999, 'text', 1, 10), 1.0),
  ('sampling_rate, high_risk given, at it', sampling_rate(10, 'text', 1, 10), 0.5),
  ('sampling_rate, high_risk given, half the way to 70', sampling_rate(40, 'text', 1, 10), 0.26),
  ('sampling_rate, low_risk given, at it', sampling_rate(90, 'text', 1, 10, 90), 0.02),
  ('sampling_rate, low_risk given, above it', sampling_rate(90.001, 'text', 1, 10, 90), 0.02),
  ('sampling_rate, low_risk given, half the way', sampling_rate(50, 'text', 1, 10, 90), 0.26),
  ('sampling_rate, high_risk 0, nobody is below', sampling_rate(0, 'text', 1, 0, 50), 0.5),
  ('sampling_rate, low_risk 100', sampling_rate(100, 'text', 1, 50, 100), 0.02),
  ('sampling_rate, high_risk just below low_risk, at it', sampling_rate(50, 'text', 1, 50, 50.001), 0.5),
  ('sampling_rate, numbers may be text', sampling_rate('50', 'text', '2', '30', '70'), 0.52),
  ('sampling_rate, rep NULL is NULL', sampling_rate(NULL), NULL),
  ('sampling_rate, content_type NULL is NULL', sampling_rate(50, NULL), NULL),
  ('sampling_rate, multiplier NULL is NULL', sampling_rate(50, 'text', NULL), NULL),
  ('sampling_rate, high_risk NULL is NULL', sampling_rate(50, 'text', 1, NULL), NULL),
  ('sampling_rate, low_risk NULL is NULL', sampling_rate(50, 'text', 1, 30, NULL), NULL);

VALUES
  ('should_analyze, u below the rate is 1', should_analyze(70, 'text', 0.019), 1),
  ('should_analyze, u at the rate is 0', should_analyze(70, 'text', 0.02), 0),
  ('should_analyze, u above the rate is 0', should_analyze(70, 'text', 0.021), 0),
  ('should_analyze, u 0 is 1 at the lowest rate', should_analyze(100, 'text', 0), 1),
  ('should_analyze, u 0 is 0 at rate 0', should_analyze(100, 'text', 0, 0), 0),
  ('should_analyze, the largest u is 1 at rate 1.0', should_analyze(0, 'text', 0.9999999999999999), 1),
  ('should_analyze, another content type is 0', should_analyze(0, 'image', 0), 0),
  ('should_analyze, content type in any letter case', should_analyze(0, 'TEXT', 0.5), 1),
  ('should_analyze, multiplier given, below', should_analyze(70, 'text', 0.039, 2), 1),
  ('should_analyze, multiplier given, at', should_analyze(70, 'text', 0.04, 2), 0),
  ('should_analyze, high_risk given, below it', should_analyze(9, 'text', 0.6, 1, 10), 1),
  ('should_analyze, high_risk given, at it', should_analyze(10, 'text', 0.5, 1, 10), 0),
  ('should_analyze, low_risk given', should_analyze(50, 'text', 0.25, 1, 10, 90), 1),
  ('should_analyze, low_risk given, at the rate', should_analyze(50, 'text', 0.26, 1, 10, 90), 0),
  ('should_analyze, numbers may be text', should_analyze('70', 'text', '0.019', '1', '30', '70'), 1),
  ('should_analyze, rep NULL is NULL', should_analyze(NULL, 'text', 0.5), NULL),
  ('should_analyze, content_type NULL is NULL', should_analyze(50, NULL, 0.5), NULL),
  ('should_analyze, u NULL is NULL', should_analyze(50, 'text', NULL), NULL),
  ('should_analyze, multiplier NULL is NULL', should_analyze(50, 'text', 0.5, NULL), NULL),
  ('should_analyze, high_risk NULL is NULL', should_analyze(50, 'text', 0.5, 1, NULL), NULL),
  ('should_analyze, low_risk NULL is NULL', should_analyze(50, 'text', 0.5, 1, 30, NULL), NULL);

-- What is refused.
-- error sampling_rate refuses rep that is text: sampling_rate: rep must be between 0 and 100, not 'x'
SELECT sampling_rate('x');
-- error sampling_rate refuses rep that is a BLOB: sampling_rate: rep must be between 0 and 100, not a BLOB of length 1
SELECT sampling_rate(x'00');
-- error sampling_rate refuses rep of infinity: sampling_rate: rep must be between 0 and 100, not Inf
SELECT sampling_rate(9e999);
-- error sampling_rate refuses rep of minus infinity: sampling_rate: rep must be between 0 and 100, not -Inf
SELECT sampling_rate(-9e999);
-- error sampling_rate refuses rep below its range (-0.001): sampling_rate: rep must be between 0 and 100, not -0.001
SELECT sampling_rate(-0.001);
-- error sampling_rate refuses rep above its range (100.001): sampling_rate: rep must be between 0 and 100, not 100.001
SELECT sampling_rate(100.001);
-- error sampling_rate refuses content_type that is a number: sampling_rate: content_type must be a word such as 'text', not 1
SELECT sampling_rate(50, 1);
-- error sampling_rate refuses content_type that is a BLOB: sampling_rate: content_type must be a word such as 'text', not a BLOB of length 1
SELECT sampling_rate(50, x'00');
-- error sampling_rate refuses content_type that is text with a zero behind: sampling_rate: content_type must be a word such as 'text', not 'text.'
SELECT sampling_rate(50, 'text' || char(0));
-- error sampling_rate refuses multiplier that is text: sampling_rate: multiplier must be a number that is 0 or more, not 'x'
SELECT sampling_rate(50, 'text', 'x');
-- error sampling_rate refuses multiplier that is a BLOB: sampling_rate: multiplier must be a number that is 0 or more, not a BLOB of length 1
SELECT sampling_rate(50, 'text', x'00');
-- error sampling_rate refuses multiplier of infinity: sampling_rate: multiplier must be a number that is 0 or more, not Inf
SELECT sampling_rate(50, 'text', 9e999);
-- error sampling_rate refuses multiplier of minus infinity: sampling_rate: multiplier must be a number that is 0 or more, not -Inf
SELECT sampling_rate(50, 'text', -9e999);
-- error sampling_rate refuses multiplier below its range (-0.001): sampling_rate: multiplier must be a number that is 0 or more, not -0.001
SELECT sampling_rate(50, 'text', -0.001);
-- error sampling_rate refuses high_risk that is text: sampling_rate: high_risk must be between 0 and 100, not 'x'
SELECT sampling_rate(50, 'text', 1, 'x');
-- error sampling_rate refuses high_risk that is a BLOB: sampling_rate: high_risk must be between 0 and 100, not a BLOB of length 1
SELECT sampling_rate(50, 'text', 1, x'00');
-- error sampling_rate refuses high_risk of infinity: sampling_rate: high_risk must be between 0 and 100, not Inf
SELECT sampling_rate(50, 'text', 1, 9e999);
-- error sampling_rate refuses high_risk of minus infinity: sampling_rate: high_risk must be between 0 and 100, not -Inf
SELECT sampling_rate(50, 'text', 1, -9e999);
-- error sampling_rate refuses high_risk below its range (-0.001): sampling_rate: high_risk must be between 0 and 100, not -0.001
SELECT sampling_rate(50, 'text', 1, -0.001);
-- error sampling_rate refuses high_risk above its range (100.001): sampling_rate: high_risk must be between 0 and 100, not 100.001
SELECT sampling_rate(50, 'text', 1, 100.001);
-- error sampling_rate refuses high_risk that is the default low_risk: sampling_rate: high_risk must be below low_risk, not 70
SELECT sampling_rate(50, 'text', 1, 70);
-- error sampling_rate refuses low_risk that is text: sampling_rate: low_risk must be between 0 and 100, not 'x'
SELECT sampling_rate(50, 'text', 1, 30, 'x');
-- error sampling_rate refuses low_risk that is a BLOB: sampling_rate: low_risk must be between 0 and 100, not a BLOB of length 1
SELECT sampling_rate(50, 'text', 1, 30, x'00');
-- error sampling_rate refuses low_risk of infinity: sampling_rate: low_risk must be between 0 and 100, not Inf
SELECT sampling_rate(50, 'text', 1, 30, 9e999);
-- error sampling_rate refuses low_risk of minus infinity: sampling_rate: low_risk must be between 0 and 100, not -Inf
SELECT sampling_rate(50, 'text', 1, 30, -9e999);
-- error sampling_rate refuses low_risk below its range (-0.001): sampling_rate: low_risk must be between 0 and 100, not -0.001
SELECT sampling_rate(50, 'text', 1, 30, -0.001);
-- error sampling_rate refuses low_risk above its range (100.001): sampling_rate: low_risk must be between 0 and 100, not 100.001
SELECT sampling_rate(50, 'text', 1, 30, 100.001);
-- error sampling_rate refuses high_risk that is equal to low_risk: sampling_rate: high_risk must be below low_risk, not 60
SELECT sampling_rate(50, 'text', 1, 60, 60);
-- error sampling_rate refuses high_risk that is above low_risk: sampling_rate: high_risk must be below low_risk, not 60.001
SELECT sampling_rate(50, 'text', 1, 60.001, 60);
-- error should_analyze refuses rep that is text: should_analyze: rep must be between 0 and 100, not 'x'
SELECT should_analyze('x', 'text', 0.1);
-- error should_analyze refuses rep that is a BLOB: should_analyze: rep must be between 0 and 100, not a BLOB of length 1
SELECT should_analyze(x'00', 'text', 0.1);
-- error should_analyze refuses rep of infinity: should_analyze: rep must be between 0 and 100, not Inf
SELECT should_analyze(9e999, 'text', 0.1);
-- error should_analyze refuses rep of minus infinity: should_analyze: rep must be between 0 and 100, not -Inf
SELECT should_analyze(-9e999, 'text', 0.1);
-- error should_analyze refuses rep below its range (-0.001): should_analyze: rep must be between 0 and 100, not -0.001
SELECT should_analyze(-0.001, 'text', 0.1);
-- error should_analyze refuses rep above its range (100.001): should_analyze: rep must be between 0 and 100, not 100.001
SELECT should_analyze(100.001, 'text', 0.1);
-- error should_analyze refuses content_type that is a number: should_analyze: content_type must be a word such as 'text', not 1
SELECT should_analyze(50, 1, 0.1);
-- error should_analyze refuses content_type that is a BLOB: should_analyze: content_type must be a word such as 'text', not a BLOB of length 1
SELECT should_analyze(50, x'00', 0.1);
-- error should_analyze refuses u that is text: should_analyze: u must be at least 0 and below 1, not 'x'
SELECT should_analyze(50, 'text', 'x');
-- error should_analyze refuses u that is a BLOB: should_analyze: u must be at least 0 and below 1, not a BLOB of length 1
SELECT should_analyze(50, 'text', x'00');
-- error should_analyze refuses u of infinity: should_analyze: u must be at least 0 and below 1, not Inf
SELECT should_analyze(50, 'text', 9e999);
-- error should_analyze refuses u of minus infinity: should_analyze: u must be at least 0 and below 1, not -Inf
SELECT should_analyze(50, 'text', -9e999);
-- error should_analyze refuses u below its range (-0.001): should_analyze: u must be at least 0 and below 1, not -0.001
SELECT should_analyze(50, 'text', -0.001);
-- error should_analyze refuses u that is 1: should_analyze: u must be at least 0 and below 1, not 1
SELECT should_analyze(50, 'text', 1);
-- error should_analyze refuses u above its range (1.001): should_analyze: u must be at least 0 and below 1, not 1.001
SELECT should_analyze(50, 'text', 1.001);
-- error should_analyze refuses multiplier that is text: should_analyze: multiplier must be a number that is 0 or more, not 'x'
SELECT should_analyze(50, 'text', 0.1, 'x');
-- error should_analyze refuses multiplier that is a BLOB: should_analyze: multiplier must be a number that is 0 or more, not a BLOB of length 1
SELECT should_analyze(50, 'text', 0.1, x'00');
-- error should_analyze refuses multiplier of infinity: should_analyze: multiplier must be a number that is 0 or more, not Inf
SELECT should_analyze(50, 'text', 0.1, 9e999);
-- error should_analyze refuses multiplier of minus infinity: should_analyze: multiplier must be a number that is 0 or more, not -Inf
SELECT should_analyze(50, 'text', 0.1, -9e999);
-- error should_analyze refuses multiplier below its range (-0.001): should_analyze: multiplier must be a number that is 0 or more, not -0.001
SELECT should_analyze(50, 'text', 0.1, -0.001);
-- error should_analyze refuses high_risk that is text: should_analyze: high_risk must be between 0 and 100, not 'x'
SELECT should_analyze(50, 'text', 0.1, 1, 'x', 70);
-- error should_analyze refuses high_risk that is a BLOB: should_analyze: high_risk must be between 0 and 100, not a BLOB of length 1
SELECT should_analyze(50, 'text', 0.1, 1, x'00', 70);
-- error should_analyze refuses high_risk of infinity: should_analyze: high_risk must be between 0 and 100, not Inf
SELECT should_analyze(50, 'text', 0.1, 1, 9e999, 70);
-- error should_analyze refuses high_risk of minus infinity: should_analyze: high_risk must be between 0 and 100, not -Inf
SELECT should_analyze(50, 'text', 0.1, 1, -9e999, 70);
-- error should_analyze refuses high_risk below its range (-0.001): should_analyze: high_risk must be between 0 and 100, not -0.001
SELECT should_analyze(50, 'text', 0.1, 1, -0.001, 70);
-- error should_analyze refuses high_risk above its range (100.001): should_analyze: high_risk must be between 0 and 100, not 100.001
SELECT should_analyze(50, 'text', 0.1, 1, 100.001, 70);
-- error should_analyze refuses low_risk that is text: should_analyze: low_risk must be between 0 and 100, not 'x'
SELECT should_analyze(50, 'text', 0.1, 1, 30, 'x');
-- error should_analyze refuses low_risk that is a BLOB: should_analyze: low_risk must be between 0 and 100, not a BLOB of length 1
SELECT should_analyze(50, 'text', 0.1, 1, 30, x'00');
-- error should_analyze refuses low_risk of infinity: should_analyze: low_risk must be between 0 and 100, not Inf
SELECT should_analyze(50, 'text', 0.1, 1, 30, 9e999);
-- error should_analyze refuses low_risk of minus infinity: should_analyze: low_risk must be between 0 and 100, not -Inf
SELECT should_analyze(50, 'text', 0.1, 1, 30, -9e999);
-- error should_analyze refuses low_risk below its range (-0.001): should_analyze: low_risk must be between 0 and 100, not -0.001
SELECT should_analyze(50, 'text', 0.1, 1, 30, -0.001);
-- error should_analyze refuses low_risk above its range (100.001): should_analyze: low_risk must be between 0 and 100, not 100.001
SELECT should_analyze(50, 'text', 0.1, 1, 30, 100.001);
-- error should_analyze refuses high_risk that is equal to low_risk: should_analyze: high_risk must be below low_risk, not 60
SELECT should_analyze(50, 'text', 0.1, 1, 60, 60);
-- error should_analyze refuses high_risk that is above low_risk: should_analyze: high_risk must be below low_risk, not 60.001
SELECT should_analyze(50, 'text', 0.1, 1, 60.001, 60);
