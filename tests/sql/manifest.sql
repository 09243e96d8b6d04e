-- What loading the extension adds to a connection, and nothing else: names, number of arguments (-1
-- for any), kinds (s scalar, w aggregate and window function) and risk levels.

.open plain.db
-- (The shell has a regexp of its own, which the extension's replaces.)
CREATE TABLE before AS SELECT 'function' AS kind, name, narg FROM pragma_function_list WHERE name <> 'regexp'
  UNION ALL SELECT 'module', name, NULL FROM pragma_module_list;
.load ./decorum
SELECT name, narg, type,
       iif(flags & 0x800, 'deterministic', '-') AS pure,
       iif(flags & 0x200000, 'innocuous', '-') AS innocuous,
       iif(flags & 0x80000, 'directonly', '-') AS directonly,
       flags & ~0x280800 AS other
  FROM pragma_function_list AS added
 WHERE NOT EXISTS (SELECT 1 FROM before WHERE kind = 'function' AND name = added.name AND narg = added.narg)
 ORDER BY name, narg;
SELECT name FROM pragma_module_list EXCEPT SELECT name FROM before WHERE kind = 'module' ORDER BY 1;

-- The second entry point is for hosts that run strangers' SQL: it leaves out what runs Lua or the text
-- of a schema.
.open plain.db
.load ./decorum sqlite3_decorumreadonly_init
SELECT count(DISTINCT name), min(flags), max(flags) FROM pragma_function_list AS added
 WHERE NOT EXISTS (SELECT 1 FROM before WHERE kind = 'function' AND name = added.name AND narg = added.narg);
SELECT name FROM pragma_module_list EXCEPT SELECT name FROM before WHERE kind = 'module' ORDER BY 1;
CREATE VIRTUAL TABLE policy USING policy_store;

-- Loading writes nothing, and may be done twice.
.open empty.db
.load ./decorum
.load ./decorum
SELECT page_count FROM pragma_page_count;
SELECT decorum_version();

-- The modules make tables; but for the read-only ones, they are none themselves.
SELECT count(*) > 0 FROM decorum_help;
SELECT count(*) > 0 FROM decorum_action;
SELECT count(*) > 0 FROM decorum_lexicon;
SELECT count(*) FROM toxicity_terms('idiot');
SELECT * FROM facts;
SELECT * FROM policy_store;
SELECT * FROM lua_policy;
CREATE VIRTUAL TABLE mine USING decorum_help;
CREATE VIRTUAL TABLE mine USING decorum_action;

-- A number of arguments that is not in the list is none.
SELECT drama_score(1);
SELECT drama_score(1, 2, 3, 4, 5, 6, 7, 8);
SELECT reputation_decay();
