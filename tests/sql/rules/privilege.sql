-- privilege_bit(name), has_privilege(mask, name) and privilege_names(mask).
-- plan 193

VALUES
  ('privilege_bit, ALTER_PRIVILEGES is bit 0', privilege_bit('ALTER_PRIVILEGES'), 1),
  ('privilege_bit, BYPASS_RATELIMIT is bit 12', privilege_bit('BYPASS_RATELIMIT'), 4096),
  ('privilege_bit, SHADOW_BAN_ADMIN is bit 14', privilege_bit('SHADOW_BAN_ADMIN'), 16384),
  ('privilege_bit, GUILD_ADMIN is bit 17', privilege_bit('GUILD_ADMIN'), 131072),
  ('privilege_bit, CHANNEL_ADMIN is bit 18', privilege_bit('CHANNEL_ADMIN'), 262144),
  ('privilege_bit, USE is bit 63', privilege_bit('USE'), -9223372036854775808),
  ('privilege_bit, lower case', privilege_bit('use'), 1 << 63),
  ('privilege_bit, mixed case', privilege_bit('Shadow_Ban_Admin'), 1 << 14),
  ('privilege_bit of NULL is NULL', privilege_bit(NULL), NULL),
  ('privilege_bit, USE is below 0', privilege_bit('USE') > 0, 0),
  ('privilege_bit, USE is in all bits', -1 & privilege_bit('USE') <> 0, 1),
  ('privilege_bit, USE is not in what is not below 0', 9223372036854775807 & privilege_bit('USE') <> 0, 0),
  ('privilege_bit, USE may be set', 16384 | privilege_bit('USE'), -9223372036854759424),
  ('privilege_bit, USE may be cleared', -1 & ~privilege_bit('USE'), 9223372036854775807),
  ('privilege_bit, set and cleared is what it was', (16384 | privilege_bit('USE')) & ~privilege_bit('USE'), 16384),
  ('privilege_bit, clearing what is not set changes nothing', 5 & ~privilege_bit('USE'), 5);

VALUES
  ('has_privilege, a bit that is set', has_privilege(16384, 'SHADOW_BAN_ADMIN'), 1),
  ('has_privilege, a bit that is not set', has_privilege(16384, 'USE'), 0),
  ('has_privilege, no bit', has_privilege(0, 'ALTER_PRIVILEGES'), 0),
  ('has_privilege, bit 0', has_privilege(1, 'ALTER_PRIVILEGES'), 1),
  ('has_privilege, bit 12', has_privilege(1 << 12, 'BYPASS_RATELIMIT'), 1),
  ('has_privilege, bit 14', has_privilege(1 << 14, 'SHADOW_BAN_ADMIN'), 1),
  ('has_privilege, bit 17', has_privilege(1 << 17, 'GUILD_ADMIN'), 1),
  ('has_privilege, bit 18', has_privilege(1 << 18, 'CHANNEL_ADMIN'), 1),
  ('has_privilege, bit 63', has_privilege(1 << 63, 'USE'), 1),
  ('has_privilege, all others than bit 63 and the admin''s', has_privilege(~((1 << 63) | (1 << 17)), 'USE'), 0),
  ('has_privilege, any letter case', has_privilege(16384, 'shadow_Ban_admin'), 1),
  ('has_privilege, an admin may use', has_privilege(131072, 'USE'), 1),
  ('has_privilege, an admin may shadow ban', has_privilege(131072, 'SHADOW_BAN_ADMIN'), 1),
  ('has_privilege, an admin has each', has_privilege(131072, 'ALTER_PRIVILEGES') + has_privilege(131072, 'BYPASS_RATELIMIT') + has_privilege(131072, 'CHANNEL_ADMIN'), 3),
  ('has_privilege, a channel''s admin is none', has_privilege(262144, 'GUILD_ADMIN'), 0),
  ('has_privilege, who alters privileges is no admin', has_privilege(1, 'GUILD_ADMIN'), 0),
  ('has_privilege, mask NULL may use', has_privilege(NULL, 'USE'), 1),
  ('has_privilege, mask NULL is nothing else', has_privilege(NULL, 'ALTER_PRIVILEGES') + has_privilege(NULL, 'BYPASS_RATELIMIT') + has_privilege(NULL, 'SHADOW_BAN_ADMIN') + has_privilege(NULL, 'GUILD_ADMIN') + has_privilege(NULL, 'CHANNEL_ADMIN'), 0),
  ('has_privilege, name NULL is NULL', has_privilege(1, NULL), NULL),
  ('has_privilege, both NULL is NULL', has_privilege(NULL, NULL), NULL),
  ('has_privilege, a REAL without a fraction', has_privilege(16384.0, 'SHADOW_BAN_ADMIN'), 1),
  ('has_privilege, the REAL 2^53', has_privilege(9007199254740992.0, 'ALTER_PRIVILEGES'), 0),
  ('has_privilege, a REAL below 0', has_privilege(-1.0, 'USE'), 1),
  ('has_privilege, text', has_privilege('16384', 'SHADOW_BAN_ADMIN'), 1),
  ('has_privilege, text 0', has_privilege('0', 'USE'), 0),
  ('has_privilege, text with zeros in front', has_privilege('000000000000000000000000016384', 'SHADOW_BAN_ADMIN'), 1),
  ('has_privilege, text of all bits but 63 and the admin''s', has_privilege('9223372036854644735', 'USE'), 0),
  ('has_privilege, text of bit 63, unsigned', has_privilege('9223372036854775808', 'USE'), 1),
  ('has_privilege, text of bit 63, unsigned, is that bit alone', has_privilege('9223372036854775808', 'SHADOW_BAN_ADMIN'), 0),
  ('has_privilege, text of bit 63, signed', has_privilege('-9223372036854775808', 'USE'), 1),
  ('has_privilege, text of all bits, unsigned', has_privilege('18446744073709551615', 'USE'), 1),
  ('has_privilege, text of all bits, signed', has_privilege('-1', 'USE'), 1);

VALUES
  ('privilege_names of no bit', privilege_names(0), ''),
  ('privilege_names of one', privilege_names(16384), 'SHADOW_BAN_ADMIN'),
  ('privilege_names of all but the admin''s', privilege_names(1 | (1 << 12) | (1 << 14) | (1 << 18) | (1 << 63)), 'ALTER_PRIVILEGES,BYPASS_RATELIMIT,SHADOW_BAN_ADMIN,CHANNEL_ADMIN,USE'),
  ('privilege_names of an admin', privilege_names(131072), 'ALTER_PRIVILEGES,BYPASS_RATELIMIT,SHADOW_BAN_ADMIN,GUILD_ADMIN,CHANNEL_ADMIN,USE'),
  ('privilege_names of bit 63', privilege_names(privilege_bit('USE')), 'USE'),
  ('privilege_names of NULL', privilege_names(NULL), 'USE'),
  ('privilege_names of a bit without a name', privilege_names(32), 'BIT_5'),
  ('privilege_names of bit 62', privilege_names(1 << 62), 'BIT_62'),
  ('privilege_names, in the order of the bits', privilege_names((1 << 63) | (1 << 13) | (1 << 12) | (1 << 1)), 'BIT_1,BYPASS_RATELIMIT,BIT_13,USE'),
  ('privilege_names, an admin with a bit without a name', privilege_names(131072 | 2), 'ALTER_PRIVILEGES,BIT_1,BYPASS_RATELIMIT,SHADOW_BAN_ADMIN,GUILD_ADMIN,CHANNEL_ADMIN,USE'),
  ('privilege_names of all bits', length(privilege_names(-1)) - length(replace(privilege_names(-1), ',', '')), 63),
  ('privilege_names of text of all bits', privilege_names('18446744073709551615') = privilege_names(-1), 1),
  ('privilege_names of text of bit 63, unsigned', privilege_names('9223372036854775808'), 'USE'),
  ('privilege_names of text of bit 63, signed', privilege_names('-9223372036854775808'), 'USE'),
  ('privilege_names of text of all bits but the last', privilege_names('18446744073709551614') = privilege_names(-2), 1),
  ('privilege_names of text of -0', privilege_names('-0'), ''),
  ('privilege_names of a REAL', privilege_names(4097.0), 'ALTER_PRIVILEGES,BYPASS_RATELIMIT'),
  ('privilege_names gives what privilege_bit takes', (SELECT count(*) FROM json_each('["' || replace(privilege_names(131072), ',', '","') || '"]') WHERE privilege_names(privilege_bit(value) & ~131072) IN (value, '')), 6);

-- Each bit on its own: one name, and has_privilege of no other, but for the admin's.
WITH RECURSIVE bit(nr) AS (SELECT 0 UNION ALL SELECT nr + 1 FROM bit WHERE nr < 63)
SELECT 'privilege_names, bit ' || nr || ' alone', privilege_names(1 << nr),
  CASE nr WHEN 0 THEN 'ALTER_PRIVILEGES' WHEN 12 THEN 'BYPASS_RATELIMIT' WHEN 14 THEN 'SHADOW_BAN_ADMIN' WHEN 17 THEN
    'ALTER_PRIVILEGES,BYPASS_RATELIMIT,SHADOW_BAN_ADMIN,GUILD_ADMIN,CHANNEL_ADMIN,USE' WHEN 18 THEN 'CHANNEL_ADMIN'
    WHEN 63 THEN 'USE' ELSE 'BIT_' || nr END
  FROM bit;

-- Through JSON: an integer of 64 bits stays one. One beyond 2^63 is a REAL to SQLite, so it has to be text.
SELECT 'privilege, bit 63 through JSON', json_extract(json_object('mask', privilege_bit('USE')), '$.mask'), privilege_bit('USE') UNION ALL
SELECT 'privilege, bit 63 in JSON', json_object('mask', privilege_bit('USE')), '{"mask":-9223372036854775808}' UNION ALL
SELECT 'privilege, bit 63 through ->>', json_object('mask', privilege_bit('USE')) ->> 'mask', privilege_bit('USE') UNION ALL
SELECT 'privilege, bit 63 and others through ->>', json_object('mask', privilege_bit('USE') | 16385) ->> '$.mask', privilege_bit('USE') | 16385 UNION ALL
SELECT 'privilege, all bits through JSON', json_extract(json_array(-1), '$[0]'), -1 UNION ALL
SELECT 'privilege, an odd mask above 2^53 through JSON', json_extract(json_array(9007199254740993), '$[0]'), 9007199254740993 UNION ALL
SELECT 'privilege, bit 63 through json_each', value, privilege_bit('USE') FROM json_each(json_array(privilege_bit('USE'))) UNION ALL
SELECT 'privilege, unsigned bits as a JSON string', privilege_names(json_extract('{"mask":"9223372036854792192"}', '$.mask')), 'SHADOW_BAN_ADMIN,USE' UNION ALL
SELECT 'privilege, unsigned bits as a JSON string, by ->>', has_privilege('{"mask":"18446744073709551615"}' ->> 'mask', 'USE'), 1 UNION ALL
SELECT 'privilege, no mask in JSON is no row', privilege_names('{"mask":null}' ->> 'mask'), 'USE';

-- What is refused.
-- error privilege, unsigned bits as a JSON number are not rounded: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.84467440737096e+19
SELECT has_privilege('{"mask":18446744073709551615}' ->> 'mask', 'USE');
-- error privilege, bit 63 as an unsigned JSON number is not rounded: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 9.22337203685478e+18
SELECT privilege_names(json_extract('[9223372036854775808]', '$[0]'));
-- error privilege_bit refuses another name: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'ADMIN'
SELECT privilege_bit('ADMIN');
-- error privilege_bit refuses no name: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not ''
SELECT privilege_bit('');
-- error privilege_bit refuses a name with a space behind: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'USE '
SELECT privilege_bit('USE ');
-- error privilege_bit refuses a name with a zero behind: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'USE.'
SELECT privilege_bit('USE' || char(0));
-- error privilege_bit refuses the beginning of a name: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'US'
SELECT privilege_bit('US');
-- error privilege_bit refuses a bit without a name: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'BIT_5'
SELECT privilege_bit('BIT_5');
-- error privilege_bit refuses a number: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 63
SELECT privilege_bit(63);
-- error privilege_bit refuses a BLOB: privilege_bit: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not a BLOB of length 3
SELECT privilege_bit(x'555345');
-- error has_privilege refuses another name: has_privilege: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'ADMIN'
SELECT has_privilege(0, 'ADMIN');
-- error has_privilege refuses another name for an admin too: has_privilege: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'ADMIN'
SELECT has_privilege(131072, 'ADMIN');
-- error has_privilege refuses another name for who has no row: has_privilege: name must be ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE, not 'ADMIN'
SELECT has_privilege(NULL, 'ADMIN');
-- error has_privilege refuses a mask of 2^64: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '18446744073709551616'
SELECT has_privilege('18446744073709551616', 'USE');
-- error has_privilege refuses a mask of ten times as much: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '184467440737095516150'
SELECT has_privilege('184467440737095516150', 'USE');
-- error has_privilege refuses a mask of -2^63 - 1: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '-9223372036854775809'
SELECT has_privilege('-9223372036854775809', 'USE');
-- error has_privilege refuses a mask of an unsigned number below 0: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '-18446744073709551615'
SELECT has_privilege('-18446744073709551615', 'USE');
-- error has_privilege refuses a mask of an empty text: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ''
SELECT has_privilege('', 'USE');
-- error has_privilege refuses a mask of a sign alone: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '-'
SELECT has_privilege('-', 'USE');
-- error has_privilege refuses a mask of two signs: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '--1'
SELECT has_privilege('--1', 'USE');
-- error has_privilege refuses a mask of a plus: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '+1'
SELECT has_privilege('+1', 'USE');
-- error has_privilege refuses a mask of a space in front: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ' 7'
SELECT has_privilege(' 7', 'USE');
-- error has_privilege refuses a mask of a space behind: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '7 '
SELECT has_privilege('7 ', 'USE');
-- error has_privilege refuses a mask of hexadecimal digits: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '0x1'
SELECT has_privilege('0x1', 'USE');
-- error has_privilege refuses a mask of an exponent: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '1e3'
SELECT has_privilege('1e3', 'USE');
-- error has_privilege refuses a mask of a point in text: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '7.0'
SELECT has_privilege('7.0', 'USE');
-- error has_privilege refuses a mask of a comma: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '1,2'
SELECT has_privilege('1,2', 'USE');
-- error has_privilege refuses a mask of a name: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 'USE'
SELECT has_privilege('USE', 'USE');
-- error has_privilege refuses a mask of a digit of another script: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '٧'
SELECT has_privilege('٧', 'USE');
-- error has_privilege refuses a mask of a fraction: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.5
SELECT has_privilege(1.5, 'USE');
-- error has_privilege refuses a mask of a REAL above 2^64: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.0e+19
SELECT has_privilege(1e19, 'USE');
-- error has_privilege refuses a mask of a REAL above 2^53: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 9.00719925474099e+15
SELECT has_privilege(9007199254740994.0, 'USE');
-- error has_privilege refuses a mask of infinity: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not Inf
SELECT has_privilege(9e999, 'USE');
-- error has_privilege refuses a mask of a BLOB: has_privilege: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not a BLOB of length 1
SELECT has_privilege(x'07', 'USE');
-- error privilege_names refuses a mask of 2^64: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '18446744073709551616'
SELECT privilege_names('18446744073709551616');
-- error privilege_names refuses a mask of an empty text: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ''
SELECT privilege_names('');
-- error privilege_names refuses a mask of a fraction: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.5
SELECT privilege_names(1.5);
-- error privilege_names refuses a mask of a REAL above 2^64: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.0e+19
SELECT privilege_names(1e19);
-- error privilege_names refuses a mask of a REAL above 2^53: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 9.00719925474099e+15
SELECT privilege_names(9007199254740994.0);
-- error privilege_names refuses a mask of infinity: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not Inf
SELECT privilege_names(9e999);
-- error privilege_names refuses a mask of a BLOB: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not a BLOB of length 1
SELECT privilege_names(x'07');

-- What hosts bind: JavaScript binds every number as a REAL, and larger ones as BigInt.
-- bind double 16384, text USE
SELECT 'privilege bound, a mask as a double', has_privilege(?, ?), 0;
-- bind int -9223372036854775808, text USE
SELECT 'privilege bound, bit 63 as an integer', has_privilege(?, ?), 1;
-- bind int -9223372036854775808
SELECT 'privilege bound, bit 63 alone as an integer', privilege_names(?), 'USE';
-- bind text 18446744073709551615, text use
SELECT 'privilege bound, all bits as text', has_privilege(?, ?), 1;
-- bind double NaN, text USE
SELECT 'privilege bound, NaN is NULL: no row', has_privilege(?, ?), 1;
-- bind null, text GUILD_ADMIN
SELECT 'privilege bound, NULL: no row', has_privilege(?, ?), 0;
-- bind double 9223372036854775808
-- error privilege bound, bit 63 as a double is not rounded: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 9.22337203685478e+18
SELECT privilege_names(?);
-- bind double -9223372036854775808
-- error privilege bound, bit 63 as a double below 0 is not rounded: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not -9.22337203685478e+18
SELECT privilege_names(?);
-- bind double 9007199254740994
-- error privilege bound, a double above 2^53: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 9.00719925474099e+15
SELECT privilege_names(?);
-- bind double Infinity
-- error privilege bound, infinity: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not Inf
SELECT privilege_names(?);
-- bind text 16384\0
-- error privilege bound, text with a zero behind: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '16384.'
SELECT privilege_names(?);
-- bind blob 3136
-- error privilege bound, a blob of digits: privilege_names: mask must be 64 bits as an INTEGER, or as TEXT of decimal digits, not a BLOB of length 2
SELECT privilege_names(?);
