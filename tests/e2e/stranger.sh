#!/bin/sh
# A file made by a stranger: opened in the sqlite3 shell, with the extension, and read from end to end, it does no
# harm. No file is made, changed or shown, nothing crashes or goes on for ever, and what is honest in it can be read.
#
# The stranger has no extension that would stop him: he writes what he likes into the schema.
. "$(dirname "$0")/tap.sh"

mkdir place out
secret=$work/secret.txt
echo "words that nobody is to see" >"$secret"
cd place || exit 1
place=$work/place

# table NAME SQL: the statement as it is to stand in the schema, in which a facts table's SELECT has its quotation
# marks doubled by facts.
table() {
  printf "INSERT INTO sqlite_schema VALUES ('table', '%s', '%s', 0, '%s');\n" "$1" "$1" \
    "$(printf %s "$2" | sed "s/'/''/g")"
}
facts() {
  table "$1" "CREATE VIRTUAL TABLE $1 USING facts('$(printf %s "$2" | sed "s/'/''/g")')"
}
policy() {
  printf "INSERT INTO policy_version(name, version, active, created_at, source) VALUES ('%s', 1, 1, 0, '%s');\n" "$1" \
    "$(printf %s "$2" | sed "s/'/''/g")"
  table "decision_$1" "CREATE VIRTUAL TABLE decision_$1 USING lua_policy(policy = $1, facts = member)"
}
# A policy that does something in its decision.
deciding() {
  policy "$1" "return policy { id = '$1', needs = { 'name' }, decide = function(f) $2 return { action = 'note', reason = 'done' } end,
    tests = { { 't', { name = 'x' }, {} } } }"
}
# A version table of the store's own making, and one that is not.
versions='(id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, active INTEGER NOT NULL DEFAULT 0, note TEXT,
  created_at REAL NOT NULL, source TEXT NOT NULL, needs TEXT NOT NULL DEFAULT "[]", params TEXT NOT NULL DEFAULT "{}", UNIQUE(name, version)) STRICT'

{
  cat <<END
PRAGMA writable_schema = ON;
CREATE TABLE member(id INTEGER PRIMARY KEY, name, text);
INSERT INTO member VALUES (1, 'ada', '{"n": 1}'), (2, 'bob', NULL);
CREATE TABLE policy_version$versions;
-- Views, and what is under them. Those named trusting_ call what SQLite itself lets a trusted schema call.
CREATE VIEW writing AS SELECT writefile('$place/harm_view', name) AS x FROM member;
CREATE VIEW writing_view AS SELECT x FROM writing;
CREATE VIEW reading AS SELECT readfile('$secret') AS x;
CREATE VIEW trusting_edit AS SELECT edit('x', 'touch $place/harm_edit_view; :') AS x;
CREATE VIEW trusting_more AS SELECT x FROM trusting_edit WHERE x <> (SELECT count(*) FROM trusting_edit);
CREATE VIEW trusting_folder AS SELECT data AS x FROM fsdir('$work');
CREATE TABLE shape(a, b AS (upper(a)), c AS (length(a)) STORED, d DEFAULT (writefile('$place/harm_default', 1)));
CREATE INDEX shape_index ON shape(lower(a)) WHERE length(a) > 1;
INSERT INTO shape(a, d) VALUES ('{"x": 1}', 0);
CREATE TRIGGER shape_trigger AFTER INSERT ON shape BEGIN SELECT writefile('$place/harm_trigger', 1); END;
CREATE TRIGGER view_trigger INSTEAD OF INSERT ON writing BEGIN SELECT writefile('$place/harm_trigger', 1); END;
END

  # What is honest.
  facts honest 'SELECT name, :id AS asked FROM member WHERE id = :id'
  facts everybody 'SELECT name FROM member'
  table policy 'CREATE VIRTUAL TABLE policy USING policy_store'
  policy honest "return policy { id = 'honest', needs = { 'name' }, decide = function(f) return { action = 'note', reason = f.name } end,
    tests = { { 't', { name = 'x' }, {} } } }"

  # Functions that reach out of the file.
  facts write "SELECT writefile('$place/harm', name) AS x FROM member"
  facts write_quoted "SELECT \"writefile\"('$place/harm', name) AS x FROM member"
  facts write_once "SELECT (SELECT writefile('$place/harm', 'x')) AS x FROM member"
  facts write_limit "SELECT name FROM member LIMIT writefile('$place/harm', 'x')"
  facts write_order "SELECT name FROM member ORDER BY writefile('$place/harm', name)"
  facts write_filter "SELECT count(*) FILTER (WHERE writefile('$place/harm', name)) AS x FROM member"
  facts write_window "SELECT sum(id) OVER (ORDER BY writefile('$place/harm', name)) AS x FROM member"
  facts write_values "VALUES (writefile('$place/harm', 'x'))"
  facts write_recursive "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT writefile('$place/harm', n) FROM r LIMIT 5) SELECT n FROM r"
  facts write_path "SELECT json_extract(text, writefile('$place/harm', '$.n')) AS x FROM member"
  facts write_each "SELECT value FROM json_each(writefile('$place/harm', '[]'))"
  facts write_comment "/* SELECT 1 -- */ SELECT writefile('$place/harm', 'x') AS x -- ; SELECT 1"
  facts read "SELECT readfile('$secret') AS x"
  facts load "SELECT load_extension('$place/harm') AS x"
  facts edit_one "SELECT edit('x', 'touch $place/harm; :') AS x"
  facts tokenizer "SELECT fts3_tokenizer('harm', x'0000000000000000') AS x"
  facts tokenizer_address "SELECT hex(fts3_tokenizer('simple')) AS x"
  facts query "SELECT sha3_query('DELETE FROM member') AS x"
  facts from_view 'SELECT x FROM writing'
  facts from_view_of_view 'SELECT x FROM writing_view'
  facts from_reading 'SELECT x FROM reading'
  facts from_edit 'SELECT x FROM trusting_edit'
  facts from_more 'SELECT x FROM trusting_more'
  facts from_folder 'SELECT x FROM trusting_folder'
  facts from_shape "SELECT a, b, c FROM shape WHERE lower(a) > ''"

  # Tables that reach out of it.
  facts folder "SELECT name, data FROM fsdir('$work')"
  facts archive "SELECT * FROM zipfile('$place/some.zip')"
  facts statements 'SELECT sql FROM sqlite_stmt'
  facts pragma "SELECT * FROM pragma_database_list"
  facts pages 'SELECT * FROM dbstat'

  # Facts that read each other, themselves, decisions, policies; names that mean something else.
  facts one 'SELECT name FROM two'
  facts two 'SELECT name FROM one'
  facts self 'SELECT name FROM self'
  facts of_decision 'SELECT reason AS name FROM decision_honest'
  facts of_policy 'SELECT name FROM policy'
  facts pragma_table_xinfo "SELECT writefile('$place/harm', :a) AS name, :b AS hidden"
  facts pragma_function_list "SELECT 'writefile' AS name, 0 AS builtin, 's' AS type, 'utf8' AS enc, -1 AS narg, 2097152 AS flags"
  facts sqlite_temp_schema "SELECT writefile('$place/harm', 'x') AS name"
  table json_tree "CREATE VIRTUAL TABLE json_tree USING facts('SELECT writefile(''$place/harm'', ''x'') AS value')"
  facts from_json_tree 'SELECT value FROM json_tree'
  table decision_one 'CREATE VIRTUAL TABLE decision_one USING lua_policy(policy = honest, facts = decision_two)'
  table decision_two 'CREATE VIRTUAL TABLE decision_two USING lua_policy(policy = honest, facts = decision_one)'
  table decision_self 'CREATE VIRTUAL TABLE decision_self USING lua_policy(policy = honest, facts = decision_self)'
  for source in write read edit_one from_view from_edit from_more pragma_table_xinfo writing; do
    table "decision_of_$source" "CREATE VIRTUAL TABLE decision_of_$source USING lua_policy(policy = honest, facts = $source)"
  done

  # Facts that are none.
  facts broken 'SELECT some FROM nowhere'
  facts no_select "DELETE FROM member"
  facts two_statements "SELECT 1; DELETE FROM member"
  facts attach "ATTACH '$place/harm' AS harm"
  facts vacuum "VACUUM INTO '$place/harm'"
  facts setting "PRAGMA journal_mode = WAL"
  facts empty ''
  facts unclosed 'SELECT "'
  facts deep "SELECT $(printf '%02000d' 0 | sed 's/0/(/g')1"
  facts long_text "SELECT missing $(i=0; while [ $i -lt 20000 ]; do printf ', x%d' $i; i=$((i + 1)); done) FROM nowhere"
  facts many_names "SELECT missing $(i=0; while [ $i -lt 3000 ]; do printf ', x%d' $i; i=$((i + 1)); done) FROM nowhere"
  facts nested_json "SELECT json(replace(printf('%.100000c', 'x'), 'x', '[')) AS x"
  table no_argument 'CREATE VIRTUAL TABLE no_argument USING facts'
  table odd_argument 'CREATE VIRTUAL TABLE odd_argument USING facts(SELECT 1, -2)'
  table two_arguments "CREATE VIRTUAL TABLE two_arguments USING facts('SELECT 1', 'SELECT 2')"
  table odd_policy 'CREATE VIRTUAL TABLE odd_policy USING lua_policy(policy, facts, store)'
  table odd_version 'CREATE VIRTUAL TABLE odd_version USING lua_policy(policy = honest@99999999999999999999, facts = member)'

  # Policies that attack.
  deciding loop 'while true do end'
  deciding memory 'local t = {} for i = 1, 1e9 do t[i] = string.rep("x", 100000) .. i end'
  deciding double 'local s = "x" while true do s = s .. s end'
  deciding depth 'local function f(n) return 1 + f(n + 1) end f(1)'
  deciding execute "os.execute('touch $place/harm')"
  deciding open "io.open('$place/harm', 'w'):write('x'):close()"
  deciding lines "local t = {} for line in io.lines('$secret') do t[#t + 1] = line end error(t[1])"
  deciding require "require('os')"
  deciding load "load('return 1')()"
  deciding dump "error(string.dump(function() end))"
  deciding metatable "getmetatable('').__index = nil"
  deciding global "_G.x = 1"
  deciding find "string.find(string.rep('a', 200000), string.rep('a?', 100000) .. string.rep('a', 100000))"
  policy at_load 'while true do end'
  policy load_memory 'local s = "x" while true do s = s .. s end'
  policy unclosed 'return policy {'
  policy not_lua 'SELECT 1'
  printf "INSERT INTO policy_version(name, version, active, created_at, source) VALUES ('bytecode', 1, 1, 0, CAST(x'%s' AS TEXT));\n" \
    1B4C7561540019930D0A1A0A0408087856000000000000000000000028774001
  table decision_bytecode 'CREATE VIRTUAL TABLE decision_bytecode USING lua_policy(policy = bytecode, facts = member)'
  echo "INSERT INTO policy_version(name, version, active, created_at, source) VALUES ('long', 1, 1, 0, printf('%.10000000c', '-'));"
  table decision_long 'CREATE VIRTUAL TABLE decision_long USING lua_policy(policy = long, facts = member)'

  # Stores whose versions are not what they were made as.
  for store in gone view wrong virtual; do
    table "store_$store" "CREATE VIRTUAL TABLE store_$store USING policy_store"
    table "decision_store_$store" \
      "CREATE VIRTUAL TABLE decision_store_$store USING lua_policy(policy = honest, facts = member, store = store_$store)"
  done
  echo "CREATE VIEW trusting_store AS SELECT 1 AS id, 'honest' AS name, 1 AS version, 1 AS active, '' AS note, 0 AS created_at,
    edit('x', 'touch $place/harm_store; :') AS source, '[]' AS needs, '{}' AS params;"
  echo "CREATE VIEW store_view_version AS SELECT * FROM trusting_store;"
  echo "CREATE TABLE store_wrong_version(id, name, version, active, note, created_at, source, needs, params, UNIQUE(name, version));"
  echo "INSERT INTO store_wrong_version VALUES (1, 'honest', 'x', 7, x'00', 'never', NULL, '[', 0), (1, 'honest', -1, 1, 0, 0, x'1B4C', 0, 0),
    ('a' || char(0), 'a' || char(0), 9e99, 'b', 0, 0, 5, 0, 0);"
  table store_virtual_version "CREATE VIRTUAL TABLE store_virtual_version USING facts('SELECT 1 AS id, ''honest'' AS name,
    1 AS version, 1 AS active, 0 AS note, 0 AS created_at, writefile(''$place/harm'', ''x'') AS source, 0 AS needs, 0 AS params')"

  # One that never ends, for whoever does not interrupt it.
  facts endless 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) AS n FROM r'
} >../stranger.sql
sqlite3 -batch -init /dev/null stranger.db <../stranger.sql >../out/made 2>&1
is "$(cat ../out/made)" "" "the stranger makes his file"
is "$(sqlite3 stranger.db "SELECT count(*) > 100 FROM sqlite_schema")" 1 "there is much in it"

# What is in the folder, and how much.
listing() {
  find "$work" -path "$work/out" -prune -o -type f -exec cksum {} + | sort
}
# visit TRUSTED_SCHEMA DEFENSIVE: a script that opens the file and sets it so; more of it follows on standard input.
visit() {
  {
    printf '%s\n' ".open $place/stranger.db" ".load $build/decorum" '.output /dev/null' ".dbconfig trusted_schema $1" \
      ".dbconfig defensive $2" '.output'
    cat
  } >../out/script
  # shellcheck disable=SC2086
  timeout 300 ${DECORUM_SHELL:-} sqlite3 -batch -init /dev/null <../out/script >../out/shown 2>&1
  echo $?
}
# Everything in the file by its name, put into a statement in the place of {}.
each() {
  sqlite3 -batch stranger.db "SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM sqlite_schema
    WHERE type IN ('table', 'view') AND name NOT LIKE 'endless' $2" | sed "s|.*|$1|"
}

listing >../out/before
for trusted in on off; do
  # What a view that is read by itself may call is SQLite's to say: in a trusted schema, nearly everything.
  [ $trusted = on ] && but="AND name NOT LIKE 'trusting%' AND name <> 'store_view_version'" || but=
  for defensive in on off; do
    mode="trusted_schema $trusted, defensive $defensive"
    {
      each 'SELECT * FROM &;' "$but"
      each 'SELECT count(*) FROM &;' "$but"
      each 'PRAGMA table_xinfo(&);' ''
      each 'SELECT * FROM & WHERE rowid = 1;' "$but"
      each 'SELECT * FROM &(1);' "$but AND type = 'table' AND sql LIKE '%VIRTUAL%'"
      echo "SELECT 'honest: ' || (SELECT count(*) FROM member), name, asked FROM honest(2);"
      echo "SELECT 'decided: ' || action, reason FROM decision_honest ORDER BY reason;"
      echo "SELECT 'shape: ' || a, b, c FROM from_shape;"
    } | visit $trusted $defensive >../out/status
    case $(cat ../out/status) in 0 | 1) ok 0 "$mode: everything was read, and the shell lived" ;;
      *) ok 1 "$mode: everything was read, and the shell lived" "status $(cat ../out/status)
$(tail -n 5 ../out/shown)" ;; esac
    listing >../out/after
    ok "$(cmp -s ../out/before ../out/after; echo $?)" "$mode: no file was made or changed" "$(diff ../out/before ../out/after)"
    ok "$(! grep -q 'nobody is to see' ../out/shown; echo $?)" "$mode: nothing was shown of another file"
    is "$(grep -E '^(honest|decided|shape): ' ../out/shown)" "honest: 2|bob|2
decided: note|ada
decided: note|bob
shape: {\"x\": 1}|{\"X\": 1}|8" "$mode: the honest part works"
    is "$(grep -c 'facts must not call writefile()' ../out/shown | sed 's/[1-9][0-9]*/some/')" some "$mode: it was said what is wrong"

    {
      echo ".dump"
      echo ".schema"
      echo ".tables"
      echo "VACUUM INTO '$work/out/copy.db';"
      echo "SELECT 'still ' || count(*) FROM everybody;"
    } | visit $trusted $defensive >../out/status
    matches "$(cat ../out/status) $(tail -n 1 ../out/shown)" "[01] still 2" "$mode: it can be dumped and copied"
    listing >../out/after
    ok "$(cmp -s ../out/before ../out/after; echo $?)" "$mode: and nothing else was made" "$(diff ../out/before ../out/after)"
    is "$(sqlite3 ../out/copy.db 'PRAGMA integrity_check; SELECT count(*) FROM member')" "ok
2" "$mode: the copy is whole"
    rm -f ../out/copy.db
  done
done

# What never ends is ended by Ctrl-C.
cat >../out/script <<END
.load $build/decorum
SELECT n FROM endless;
END
# shellcheck disable=SC2086
timeout --preserve-status -s INT -k 60 2 ${DECORUM_SHELL:-} sqlite3 -batch -init /dev/null stranger.db <../out/script >../out/shown 2>&1
matches "$?: $(cat ../out/shown)" "1: *endless: interrupted*" "Ctrl-C ends a SELECT that never ends"

# Whoever wants to can drop all that is made of facts and policies.
cp stranger.db ../out/dropped.db
{
  echo ".load $build/decorum"
  echo ".dbconfig defensive off"
  echo "DROP VIEW store_view_version;"
  sqlite3 stranger.db "SELECT 'DROP TABLE ' || name || ';' FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name LIKE '%_version'"
} >../out/script
# shellcheck disable=SC2086
${DECORUM_SHELL:-} sqlite3 -batch -init /dev/null ../out/dropped.db <../out/script >../out/shown 2>&1
is "$(sqlite3 ../out/dropped.db "SELECT group_concat(name) FROM sqlite_schema WHERE sql LIKE '%VIRTUAL%'")" sqlite_temp_schema \
  "everything can be dropped but what has a name of SQLite's own"
listing >../out/after
ok "$(cmp -s ../out/before ../out/after; echo $?)" "and nothing else was made" "$(diff ../out/before ../out/after)"
finish
