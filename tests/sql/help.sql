-- decorum_help: what the extension adds, in words.

SELECT name FROM pragma_table_info('decorum_help');
SELECT name, kind FROM decorum_help;
SELECT arguments, result, errors, nulls, rule, example, gives FROM decorum_help WHERE name = 'drama_threshold';

-- It is harmless: a schema may read it, nobody can write to it.
CREATE VIEW reference AS SELECT name FROM decorum_help WHERE kind = 'table';
SELECT * FROM reference;
SELECT rowid, name FROM decorum_help LIMIT 2;
SELECT one.name FROM decorum_help AS one JOIN decorum_help AS two ON two.rowid = one.rowid + 1 WHERE two.name = 'dice';
INSERT INTO decorum_help(name) VALUES ('more');
DELETE FROM decorum_help;
DROP TABLE decorum_help;

-- Everything that the extension adds has a row of its kind, and every row is about something.
.open plain.db
-- (The shell has a regexp of its own, which the extension's replaces.)
CREATE TABLE before AS SELECT name FROM pragma_function_list WHERE name <> 'regexp' UNION SELECT name FROM pragma_module_list;
.load ./decorum
CREATE TEMP TABLE added(name, kind);
INSERT INTO added SELECT DISTINCT name, iif(type = 's', 'scalar', 'aggregate') FROM pragma_function_list
  WHERE name NOT IN (SELECT name FROM before);
INSERT INTO added SELECT name, iif(name GLOB 'decorum_*' OR name IN ('drama_terms', 'shadow_effect', 'toxicity_terms', 'policy_test'), 'table', 'module')
  FROM pragma_module_list
  WHERE name NOT IN (SELECT name FROM before);
SELECT 'without help', name, kind FROM added EXCEPT SELECT 'without help', name, kind FROM decorum_help;
SELECT 'about nothing', name, kind FROM decorum_help EXCEPT SELECT 'about nothing', name, kind FROM added;
SELECT count(*) = (SELECT count(*) FROM added), count(*) = count(DISTINCT name) FROM decorum_help;

-- Each row says what comes of it, what may go wrong, and shows it once.
SELECT name FROM decorum_help
 WHERE coalesce(result, '') = '' OR coalesce(errors, '') = '' OR coalesce(example, '') = '' OR coalesce(gives, '') = ''
    OR arguments IS NULL OR nulls IS NULL OR rule IS NULL;
-- The number of arguments that it names is the number that is registered: the least without those
-- in brackets, the most with them.
SELECT name, arguments FROM decorum_help AS help
 WHERE kind IN ('scalar', 'aggregate') AND name NOT IN ('dice', 'decorum_version')
   AND (SELECT max(narg) FROM pragma_function_list WHERE name = help.name)
       <> 1 + length(arguments) - length(replace(arguments, ',', ''));
