-- What hosts bind: JavaScript binds every number as a REAL, large ids as BigInt; a NaN becomes NULL; text may
-- have zeros in it, and bytes are no text.
-- plan 68

-- bind double 10, double 10
SELECT 'bound, window_size as a double without a fraction', drama_score(0.5, ?, NULL, NULL, ?), 0.5;
-- bind int 10, int 10
SELECT 'bound, window_size as an integer', drama_score(0.5, ?, NULL, NULL, ?), 0.5;
-- bind text 10, text 10
SELECT 'bound, window_size as text', drama_score(0.5, ?, NULL, NULL, ?), 0.5;
-- bind double 10.5
-- error bound, window_size as a double with a fraction: drama_score: window_size must be an integer between 1 and 1000, not 10.5
SELECT drama_score(0.5, 10, NULL, NULL, ?);
-- bind double 9007199254740994
-- error bound, window_size as a double above 2^53: drama_score: window_size must be an integer between 1 and 1000, not 9.00719925474099e+15
SELECT drama_score(0.5, 10, NULL, NULL, ?);
-- bind int 9223372036854775807
-- error bound, window_size as the largest integer: drama_score: window_size must be an integer between 1 and 1000, not 9223372036854775807
SELECT drama_score(0.5, 10, NULL, NULL, ?);
-- bind double 1.7
-- error bound, toxicity out of range: drama_score: toxicity must be between 0 and 1, not 1.7
SELECT drama_score(?, 10);
-- bind double Infinity
-- error bound, toxicity of infinity: drama_score: toxicity must be between 0 and 1, not Inf
SELECT drama_score(?, 10);
-- bind double -Infinity
-- error bound, at of minus infinity: drama_score: at must be a number of seconds, not -Inf
SELECT drama_score(0.5, ?);
-- bind double NaN
SELECT 'bound, toxicity NaN is NULL, which is no row', drama_score(?, 10), 0.0;
-- bind null
SELECT 'bound, toxicity NULL is no row', drama_score(?, 10), 0.0;
-- bind double NaN
-- error bound, at NaN is NULL: drama_score: at must be a number of seconds, not NULL
SELECT drama_score(0.5, ?);
-- bind double 10, null, double 3, double 60, double 0.25
SELECT 'bound, all arguments of drama_score', drama_score(0.5, 10, ?, ?, ?, ?, ?), 0.5;
-- bind blob 6100ff
-- error bound, a BLOB is no toxicity: drama_score: toxicity must be between 0 and 1, not a BLOB of length 3
SELECT drama_score(?, 10);
-- bind blob
-- error bound, an empty BLOB is no toxicity: drama_score: toxicity must be between 0 and 1, not a BLOB of length 0
SELECT drama_score(?, 10);
-- bind text 0.5\0
-- error bound, a number with a zero behind is none: drama_score: toxicity must be between 0 and 1, not '0.5.'
SELECT drama_score(?, 10);
-- bind text 0.5\0x
-- error bound, a number with a zero and more behind is none: drama_score: toxicity must be between 0 and 1, not '0.5.x'
SELECT drama_score(?, 10);
-- bind text 10\0
-- error bound, an integer with a zero behind is none: drama_score: window_size must be an integer between 1 and 1000, not '10.'
SELECT drama_score(0.5, 10, NULL, NULL, ?);
-- bind double 7200, double 0, double 7200
SELECT 'bound, offence_count', offence_count(column1, ?), 2 FROM (VALUES (?), (?));
-- bind double 1
SELECT 'bound, warned as a double', drama_threshold(0.75, ?, 0.25), 0.5;
-- bind double 0.5
-- error bound, warned as a fraction: drama_threshold: warned must be 0 or 1, not 0.5
SELECT drama_threshold(0.75, ?);
-- bind double 1, double 1, double 0.5, double 0
SELECT 'bound, ema', ema(?, ?, ?, ?), 0.5;
-- bind double NaN, double 1, double 0.5, double 2
SELECT 'bound, ema of NaN is start', ema(?, ?, ?, ?), 2.0;
-- bind double 0.25, double 0.75
SELECT 'bound, coherence_drop', coherence_drop(?, ?), 0.5;
-- bind double NaN
SELECT 'bound, coherence_drop of NaN is NULL', coherence_drop(?, 0.75), NULL;
-- bind double 1, double 2
SELECT 'bound, sparkline', sparkline(column1, column1), '▁█' FROM (VALUES (?), (?));
-- bind double 10, double 1
SELECT 'bound, reputation_decay of doubles is an INTEGER', reputation_decay(?, ?), 12;
-- bind double 10, double 1, double 0.95, double 50, text toward
SELECT 'bound, reputation_decay, all arguments', reputation_decay(?, ?, ?, ?, ?), 12;
-- bind double 1.5
-- error bound, periods as a fraction: reputation_decay: periods must be an integer, 0 or more, not 1.5
SELECT reputation_decay(10, ?);
-- bind null
SELECT 'bound, reputation_decay of NULL', reputation_decay(?), NULL;
-- bind double Infinity
-- error bound, rep of infinity: reputation_decay: rep must be between 0 and 100, not Inf
SELECT reputation_decay(?);
-- bind text toward\0
-- error bound, rounding with a zero behind: reputation_decay: rounding must be 'ceil' or 'toward', not 'toward.'
SELECT reputation_decay(10, 1, 0.95, 50, ?);
-- bind double 72, text review
SELECT 'bound, reputation_after of a double is an INTEGER', reputation_after(?, ?), 67;
-- bind double 72, text SAFE\0
-- error bound, an outcome with a zero behind: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 'SAFE.'
SELECT reputation_after(?, ?);
-- bind double 72, text säfe
-- error bound, an outcome that is not ASCII: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not 'säfe'
SELECT reputation_after(?, ?);
-- bind double 72, blob 53414645
-- error bound, an outcome that is a BLOB: reputation_after: outcome must be 'SAFE', 'REVIEW' or 'VIOLATION', not a BLOB of length 4
SELECT reputation_after(?, ?);
-- bind double 100, text VIOLATION, double 70, double 1
SELECT 'bound, violation_always as a double', review_required(?, ?, ?, ?), 1;
-- bind double 50, text text, double 2
SELECT 'bound, sampling_rate', sampling_rate(?, ?, ?), 0.52;
-- bind double 50, text text\0, double 2
-- error bound, a content type with a zero behind: sampling_rate: content_type must be a word such as 'text', not 'text.'
SELECT sampling_rate(?, ?, ?);
-- bind double 50, text text, double 0.25
SELECT 'bound, should_analyze', should_analyze(?, ?, ?), 1;
-- bind double 50, text text, double 1
-- error bound, u of 1.0: should_analyze: u must be at least 0 and below 1, not 1.0
SELECT should_analyze(?, ?, ?);
-- bind text SPAM, double 2
SELECT 'bound, flag_penalty of a double count is an INTEGER', flag_penalty(?, ?), 6;
-- bind text SPAM, int 2
SELECT 'bound, flag_penalty of an integer count', flag_penalty(?, ?), 6;
-- bind text SPAM, double 2.5
-- error bound, flag_penalty of a fraction: flag_penalty: count must be an integer, not 2.5
SELECT flag_penalty(?, ?);
-- bind double 45, double 2, double 1
SELECT 'bound, flag_penalty of points', flag_penalty(?, ?, ?), 49;
-- bind text SPAM\0
SELECT 'bound, flag_severity of a name with a zero behind is NULL', flag_severity(?), NULL;

-- bind text s, double 12
SELECT 'bound, dice of a double without a fraction is that of the integer', dice(?, ?) = dice('s', 12), 1;
-- bind text s, int 12
SELECT 'bound, dice of an integer', dice(?, ?) = dice('s', 12), 1;
-- bind double -0
SELECT 'bound, dice of -0.0 is that of 0', dice(?) = dice(0), 1;
-- bind double 9007199254740992
SELECT 'bound, dice of 2^53 as a double is that of the integer', dice(?) = dice(9007199254740992), 1;
-- bind double 9007199254740994
SELECT 'bound, dice of a double above 2^53 is not', dice(?) = dice(9007199254740994), 0;
-- bind int 9007199254740993
SELECT 'bound, dice of an id of 64 bits', dice(?) = dice(9007199254740993), 1;
-- bind int 9007199254740993, int 9007199254740992
SELECT 'bound, dice tells ids of 64 bits apart', dice(?) = dice(?), 0;
-- bind int -9223372036854775808
SELECT 'bound, dice of the smallest integer', dice(?) = dice(-9223372036854775808), 1;
-- bind text 9007199254740993
SELECT 'bound, dice of an id as text is that of the text', dice(?) = dice('9007199254740993'), 1;
-- bind text ö€😀
SELECT 'bound, dice of text outside ASCII is that of its UTF-8', dice(?) = dice(CAST(x'C3B6E282ACF09F9880' AS TEXT)), 1;
-- bind text a\0b
SELECT 'bound, dice of text with a zero', dice(?) = dice('a' || char(0) || 'b'), 1;
-- bind blob 6100ff
SELECT 'bound, dice of bytes', dice(?) = dice(x'6100FF'), 1;
-- bind blob
SELECT 'bound, dice of no bytes', dice(?) = dice(x''), 1;
-- bind null
SELECT 'bound, dice of NULL', dice(?) = dice(NULL), 1;
-- bind double NaN
SELECT 'bound, dice of NaN is that of NULL', dice(?) = dice(NULL), 1;
-- bind double Infinity
SELECT 'bound, dice of infinity', dice(?) = dice(9e999), 1;

-- bind text [{"toxicity":0.5,"at":10,"id":9007199254740993},{"toxicity":1,"at":20,"id":"ö"}]
SELECT 'bound, drama_terms, an id of 64 bits stays whole', id, 9007199254740993 FROM drama_terms(?) WHERE rank = 1;
-- bind text [{"toxicity":0.5,"at":10},{"toxicity":1,"at":20,"id":"ö"}], double 20, null, double 1
SELECT 'bound, drama_terms, all numbers as doubles', id, 'ö' FROM drama_terms(?, ?, ?, ?);
-- bind text [], double 20, null, double 1.5
-- error bound, drama_terms, window_size as a fraction: drama_terms: window_size must be an integer between 1 and 1000, not 1.5
SELECT * FROM drama_terms(?, ?, ?, ?);
-- bind text []\0
-- error bound, drama_terms, json with a zero behind: drama_terms: json must be a JSON array of {toxicity, at, id}, not '[].'
SELECT * FROM drama_terms(?);
-- bind null
SELECT 'bound, drama_terms of NULL', count(*), 0 FROM drama_terms(?);
-- bind blob 5b5d
-- error bound, drama_terms of a BLOB: drama_terms: json must be a JSON array of {toxicity, at, id}, not a BLOB of length 2
SELECT * FROM drama_terms(?);
