/*
** help.c: everything that the extension adds, in words: the table decorum_help.
**
**     SELECT arguments, result FROM decorum_help WHERE name = 'drama_score';
**
** This is the one source of the reference. Every function and table has a row; a test compares the
** rows with what is registered, runs each example and compares its result with `gives`.
*/
#include "help.h"

static const struct {
  const char *name;
  const char *kind;      /* scalar, aggregate (also a window function), table, module */
  const char *arguments; /* with units and ranges; [] may be left out */
  const char *result;
  const char *errors;
  const char *nulls; /* what a NULL does */
  const char *rule;  /* where the rule comes from */
  const char *example;
  const char *gives;
} help[] = {
    {"drama_score", "aggregate",
        "toxicity 0..1, at seconds [, now seconds = newest at [, warned_at seconds = NULL "
        "[, window_size rows 1..1000 = 10 [, window_s seconds > 0 = 900 [, boost >= 0 = 0.04]]]]]",
        "REAL 0..1: mean of the newest window_size rows with now - window_s < at <= now, by "
        "(at, arrival), weighted 1 for the oldest to n for the newest, plus boost for each of them "
        "after warned_at with toxicity >= 0.5, at most 1; 0.0 without rows. In a window order by "
        "the log's seq and use ROWS ending at CURRENT ROW. now, warned_at and the rest are those "
        "of "
        "the last row; without OVER they must be constant",
        "toxicity outside 0..1 or not a number; at not a number; window_size, window_s or boost "
        "out of range; a now that goes back in a frame of more than 2000 rows",
        "a row with toxicity NULL is no row; now NULL is the newest at; warned_at NULL is not "
        "warned; at NULL is an error",
        "linearly weighted moving average",
        "SELECT round(drama_score(t, at), 4) FROM (SELECT 0.2 AS t, 1000 AS at UNION ALL SELECT "
        "0.4, 1010 UNION ALL SELECT 0.9, 1020)",
        "0.6167"},
    {"offence_count", "aggregate", "at seconds [, reset_s seconds >= 0 = 7200 [, now seconds]]",
        "INTEGER: length of the newest run of offences with gaps of at most reset_s; with now, 0 "
        "once now - last > reset_s",
        "an argument that is not a number, reset_s < 0",
        "a row with at NULL is no row; now NULL is not given", "a run ends where the gap is larger",
        "SELECT offence_count(at) FROM (SELECT 0 AS at UNION ALL SELECT 3600 UNION ALL SELECT "
        "20000)",
        "1"},
    {"drama_threshold", "scalar", "base, warned 0 or 1 [, discount = 0.05]",
        "REAL: base - discount for a warned member, else base; not clamped",
        "an argument that is not a number, warned not 0 or 1", "NULL gives NULL",
        "somebody who was warned is dealt with a little sooner",
        "SELECT round(drama_threshold(0.7, 1), 2)", "0.65"},
    {"ema", "aggregate", "value, at seconds [, alpha 0..1 = 0.1 [, start = 0.85]]",
        "REAL: exponential moving average by (at, arrival): start, then alpha * value + (1 - "
        "alpha) "
        "* average for each row. alpha and start are those of the last row; without OVER they must "
        "be constant. Without a value it is start; without any row a start that was given is not "
        "known, and it is NULL",
        "value, at or start not a number, alpha outside 0..1",
        "a row with value NULL is no row; alpha, start or at NULL is an error",
        "a baseline, slow to move",
        "SELECT round(ema(v, at), 3) FROM (SELECT 0.95 AS v, 1000 AS at UNION ALL SELECT 0.46, "
        "1010)",
        "0.82"},
    {"coherence_drop", "scalar",
        "score 0..1, baseline 0..1 [, drop 0..1 = 0.3 [, floor 0..1 = 0.5]]",
        "REAL: baseline - score if score < baseline - drop and score < floor, else NULL",
        "an argument that is not a number or outside 0..1", "NULL gives NULL",
        "an alert is a drop that is deep, to what is low", "SELECT coherence_drop(0.25, 0.75)",
        "0.5"},
    {"sparkline", "aggregate", "value, at seconds [, lo = smallest value [, hi = largest value]]",
        "TEXT: one bar from ▁ to █ for each row by (at, arrival)",
        "value, at, lo or hi not a number, lo > hi",
        "value NULL is a space, lo or hi NULL is not given, at NULL is an error",
        "eight bars of equal height steps",
        "SELECT sparkline(v, v) FROM (SELECT 1 AS v UNION ALL SELECT 4 UNION ALL SELECT 8)", "▁▄█"},
    {"reputation_decay", "scalar",
        "rep 0..100 [, periods integer >= 0 = 1 [, rate 0..1 = 0.95 [, neutral integer 0..100 = 50 "
        "[, rounding 'ceil' or 'toward' = 'ceil']]]]",
        "INTEGER 0..100: rep after that many periods of ceil(neutral + (rep - neutral) * rate); "
        "'toward' rounds toward neutral",
        "an argument out of range", "NULL gives NULL", "exponential return to neutral",
        "SELECT reputation_decay(10)", "12"},
    {"reputation_after", "scalar",
        "rep 0..100, outcome 'SAFE' or 'REVIEW' or 'VIOLATION' [, clean 0..100 = 1 [, review "
        "-100..0 "
        "= -5 [, violation -100..0 = -15]]]",
        "rep moved by the outcome's number, within 0 and 100: INTEGER when it has no fraction, "
        "else "
        "REAL. Any letter case",
        "another word, an argument out of range", "NULL gives NULL",
        "SAFE: min(100, rep + clean); else max(0, rep + penalty)",
        "SELECT reputation_after(72, 'REVIEW')", "67"},
    {"review_required", "scalar",
        "new_rep 0..100, outcome 'SAFE' or 'REVIEW' or 'VIOLATION' [, threshold 0..100 = 70 "
        "[, violation_always 0 or 1 = 0]]",
        "INTEGER: 0 for SAFE; else 1 if new_rep <= threshold, or if the outcome is VIOLATION and "
        "violation_always is 1; else 0",
        "another word, an argument out of range", "NULL gives NULL",
        "who has little credit left is looked at by a person",
        "SELECT review_required(67, 'REVIEW')", "1"},
    {"sampling_rate", "scalar",
        "rep 0..100 [, content_type = 'text' [, multiplier >= 0 = 1.0 [, high_risk 0..100 = 30 "
        "[, low_risk 0..100 = 70]]]]",
        "REAL 0..1: 1.0 for rep < high_risk, 0.02 for rep > low_risk, between them on a straight "
        "line from 0.5 to 0.02; times multiplier, at most 1. 0.0 if content_type is not text (any "
        "letter case)",
        "an argument out of range, high_risk >= low_risk", "NULL gives NULL",
        "attention where the risk is", "SELECT sampling_rate(50)", "0.26"},
    {"should_analyze", "scalar",
        "rep 0..100, content_type, u at least 0 and below 1 [, multiplier >= 0 = 1.0 [, high_risk "
        "0..100 = 30 [, low_risk 0..100 = 70]]]",
        "INTEGER: 1 if u < sampling_rate(rep, content_type, ...), else 0",
        "as sampling_rate; u outside [0,1)", "NULL gives NULL",
        "u is drawn by the caller, see dice", "SELECT should_analyze(50, 'text', 0.25)", "1"},
    {"flag_penalty", "scalar",
        "flag name or points 0..1000000, count integer [, growth 0..1000 = 0.5]",
        "INTEGER: trunc(severity * ln(1 + count * growth)); 0 for a count of 0 or less",
        "an unknown flag, a count that is not an integer, growth out of range", "NULL gives NULL",
        "logarithmic: the first flags weigh most", "SELECT flag_penalty('DEATH', 2)", "69"},
    {"flag_severity", "scalar", "flag name", "INTEGER: points of a built-in flag, any letter case",
        "none", "NULL, and a name that is no built-in flag, give NULL",
        "table flag_type starts with these", "SELECT flag_severity('spam')", "10"},
    {"privilege_bit", "scalar", "name (any letter case)",
        "INTEGER: the mask with that one bit: 0 ALTER_PRIVILEGES, 12 BYPASS_RATELIMIT, 14 "
        "SHADOW_BAN_ADMIN, 17 GUILD_ADMIN, 18 CHANNEL_ADMIN, 63 USE. Bit 63 is the sign: test with "
        "mask & bit <> 0, never with > 0. Text is not for &: SQLite takes all above 2^63 for 2^63 "
        "- 1",
        "another name", "NULL gives NULL", "a set of 64 bits",
        "SELECT -1 & ~privilege_bit('USE') = 0x7fffffffffffffff", "1"},
    {"has_privilege", "scalar",
        "mask INTEGER or TEXT of decimal digits from -2^63 to 2^64 - 1, name",
        "INTEGER: 1 if the bit of that name is in the mask, or GUILD_ADMIN, which has all; else 0",
        "another name; a mask that is neither (a REAL is one up to 2^53)",
        "mask NULL is that of a member without a row: USE alone; name NULL gives NULL",
        "an admin has all bits", "SELECT has_privilege('18446744073709551615', 'use')", "1"},
    {"privilege_names", "scalar", "mask INTEGER or TEXT of decimal digits from -2^63 to 2^64 - 1",
        "TEXT: the names of the bits that has_privilege finds, in their order, with commas "
        "between; "
        "a bit without a name is BIT_ and its number",
        "as has_privilege", "NULL is the mask of a member without a row: USE",
        "an admin has all bits", "SELECT privilege_names(16384 | 32)", "BIT_5,SHADOW_BAN_ADMIN"},
    {"toxicity", "scalar", "text [, lexicon_json = the list in decorum_lexicon]",
        "REAL 0..1: how hostile the text is, by a list of weighted terms, however they are "
        "written; fast "
        "and explained by toxicity_terms, but what is not listed is not found",
        "a BLOB; lexicon_json that is not an array of {\"term\", \"weight\" 0..1, \"category\" [, "
        "\"aim\" 'person' or 'thing' = 'thing']}, or in which two terms read the same",
        "text NULL gives NULL; lexicon_json NULL is the built-in list",
        "1 - product(1 - counted) over the hits, each the longest term at its word; a weight "
        "counts "
        "half for a term of aim thing if the text speaks to nobody, 0.3 times in a quotation, 0.2 "
        "times "
        "if denied",
        "SELECT round(toxicity('you are an idiot'), 2)", "0.6"},
    {"dice", "scalar", "seed [, anything...]",
        "REAL in [0,1): the same for the same arguments on every machine", "no argument",
        "NULL is a value like any other", "FNV-1a 64, murmur3's finalizer, upper 53 bits",
        "SELECT round(dice('seed', 1), 6)", "0.936541"},
    {"display", "scalar", "text",
        "TEXT: control characters, bidirectional and zero-width characters and bytes that are not "
        "UTF-8 made visible",
        "none", "NULL gives NULL", "nobody's text drives a moderator's terminal",
        "SELECT display('a' || char(27) || '[2J')", "a␛[2J"},
    {"fold", "scalar", "text",
        "TEXT: a name as people read it, for comparing: letter case, accents, look-alike letters, "
        "invisible characters and the amount of white space make no difference",
        "a BLOB", "NULL gives NULL", "decompositions of the Unicode Character Database, and by eye",
        "SELECT fold(' Änn  O’Brien')", "ann o'brien"},
    {"regexp", "scalar", "pattern, text",
        "INTEGER: 1 if the pattern, a regular expression of PCRE2, matches somewhere in the text, "
        "else 0. text REGEXP pattern is the same. Letters, digits and case are Unicode's",
        "a BLOB; a text of more than 1048576 bytes; a pattern that is wrong, of more than 4096 "
        "bytes "
        "or with what cannot be bounded; one that takes more than 1000000 steps or 100 ms for the "
        "text",
        "NULL gives NULL", "as re.match for policies, with the same limits",
        "SELECT 'pay 30 now' REGEXP '\\d+'", "1"},
    {"decorum_version", "scalar", "", "TEXT: version of the extension", "none", "", "",
        "SELECT decorum_version() = max(decorum_version()) FROM decorum_help", "1"},
    {"decorum_help", "table", "", "this table", "none", "", "",
        "SELECT kind FROM decorum_help WHERE name = 'dice'", "scalar"},
    {"decorum_action", "table", "",
        "the actions that a policy may decide on: name, severity, sanctions (1: done to a member), "
        "undone_by, meaning",
        "none", "", "the schema's CHECK follows it",
        "SELECT undone_by FROM decorum_action WHERE name = 'mute'", "undo"},
    {"drama_terms", "table",
        "json array of {toxicity, at, id} [, now [, warned_at [, window_size [, window_s "
        "[, boost]]]]] as for drama_score",
        "what a drama_score is made of, a row for each entry that counts, the oldest first: rank "
        "(1, 2...), weight (the same), toxicity, at, id, contribution, boosted (0 or 1). The "
        "contributions add up to the score but for rounding; of a score capped at 1 each is "
        "divided "
        "by what the score would have been",
        "no json, or not an array; an entry that is no object; otherwise as drama_score, naming "
        "the "
        "entry: json[0].toxicity",
        "json NULL is no entry, and so is an entry without toxicity; otherwise as drama_score",
        "weight * toxicity / sum(weight), plus boost",
        "SELECT group_concat(id || ' ' || round(contribution, 2)) FROM "
        "drama_terms('[{\"toxicity\": "
        "0.5, \"at\": 10, \"id\": 7}, {\"toxicity\": 1, \"at\": 20, \"id\": 8}]')",
        "7 0.17,8 0.67"},
    {"decorum_lexicon", "table", "",
        "the built-in list of toxicity: term, weight (0: protects its words), category, aim",
        "none", "", "a weight is how bad the term is when it is said to somebody",
        "SELECT weight FROM decorum_lexicon WHERE term = 'idiot'", "0.6"},
    {"toxicity_terms", "table", "text [, lexicon_json = the list in decorum_lexicon]",
        "a row for each hit of toxicity: at and length in characters (substr(text, at, length)), "
        "matched, "
        "term, category, weight, counted, and 0 or 1 for quoted, negated, aimed (counts in full); "
        "a "
        "table-valued function",
        "no text; otherwise those of toxicity",
        "text NULL has no rows; lexicon_json NULL is the built-in list",
        "1 - product(1 - counted) in the order of the rows is toxicity, bit for bit",
        "SELECT matched, term, counted FROM toxicity_terms('you 1d10t')", "1d10t|idiot|0.6"},
    {"shadow_effect", "table",
        "progress 0..1 [, model's name or seconds > 0 = 8 [, tool_calls integer >= 0 = 0 "
        "[, overflow_s seconds = 0 [, seed]]]]",
        "one row: what becomes of an answer. delay_target_s: seconds from the message to the "
        "answer, all in all, at most 180; dropped (0 or 1), fake_503_text, blackout (0 or 1), "
        "banned (0 or 1: progress is 1), of which at most one is set; tool_calls; latency_i, "
        "drops_i, fake_503_i, blackout_i (0..1) and answered_p, the chance of an answer. No delay "
        "at progress 0, nor where nothing is said. Models by words of their names: haiku, flash "
        "and "
        "mini 4 s, opus and what reasons 15 s, others 8 s. A seed for each message: without one it "
        "is always the same throw. Hidden: at_progress, model, calls, overflow_s, seed",
        "no progress; an argument out of range; a model that is a BLOB or empty",
        "progress NULL is 0: no ban; the others NULL are not given",
        "banned, else the first of dice(seed, 'blackout') < blackout_i, dice(seed, 'drop') < "
        "drops_i and dice(seed, 'fake_503') < fake_503_i, else answered after latency_i * 10 * "
        "seconds * (1 + 0.35 ln(1 + tool_calls)) * (0.85 + 0.3 dice(seed, 'jitter')) + "
        "max(0, overflow_s). A fake 503 comes after 14 * (0.8 + 0.4 dice(seed, 'jitter')) s",
        "SELECT blackout, dropped, round(delay_target_s, 1), latency_i FROM shadow_effect(0.1, "
        "'claude-haiku', 2, 0, 'message 12')",
        "0|0|13.7|0.25"},
    {"policy_test", "table", "source (Lua text, TEXT or BLOB)",
        "a row for each test in a policy's source: number, name, ok (0 or 1), message (what was "
        "expected and got). A source that does not compile or validate has one row, number 0, ok "
        "0, "
        "with the line or the key in its message. Tests that are left after 2 s of processor time "
        "are not run, and say so. Hidden: source, needs (JSON: the facts that it "
        "reads)",
        "no source, or one that is not text", "source NULL has no rows", "runs Lua, so DIRECTONLY",
        "SELECT name, message FROM policy_test('return policy { id = \"calm\", needs = {}, ladder "
        "= "
        "{ { at = 1, action = \"warn\" } }, tests = { { \"no points\", {}, { action = \"warn\" } } "
        "} "
        "}')",
        "no points|expected action warn, got none"},
    {"facts", "module", "USING facts('SELECT ... :member ... :now ...')",
        "a SELECT as a table; its named parameters are hidden columns in order of appearance, "
        "given by equality or as arguments: FROM member_facts(7, 1700000000, 12). A column that "
        "is not asked for is not computed, unless the SELECT has an ORDER BY, GROUP BY, DISTINCT "
        "or UNION of its own",
        "not one SELECT, or one that writes; a function in it, or in what it reads, that is not "
        "INNOCUOUS; a virtual table other than json_each, json_tree, generate_series and those of "
        "Decorum that are constant or pure; a parameter without a name; a scan without one of its "
        "parameters; not in main or temp; in main: something read outside of main, or hidden by "
        "something in temp",
        "a parameter given as NULL is NULL",
        "runs with the rights of whoever selects from it, so DIRECTONLY and checked whenever its "
        "program is made",
        "CREATE VIRTUAL TABLE temp.square USING facts('SELECT :x * :x AS y'); SELECT y FROM "
        "temp.square(12)",
        "144"},
    {"policy_store", "module", "USING policy_store",
        "the policies' versions: name, version, active, note, created_at, source, needs (JSON: the "
        "facts that it reads), params (JSON: its params with the script's values). INSERT (name, "
        "source) compiles, runs the embedded tests and adds a version; UPDATE ... SET active = 1 "
        "makes one live, and the old one steps down",
        "a source that does not compile, has no tests, more than 200 or one that fails; a change "
        "of anything but "
        "active; DELETE; a shadow table that is none, or has triggers when it is written to",
        "name NULL is the script's id; created_at NULL is the current time",
        "versions never change, so that a decision can be explained",
        "CREATE VIRTUAL TABLE temp.policies USING policy_store; INSERT INTO temp.policies(source) "
        "VALUES ('return policy { id = \"calm\", needs = {}, ladder = { { at = 1, action = "
        "\"warn\" } }, tests = { { \"no points\", {}, { action = \"none\" } } } }'); SELECT name "
        "|| '@' || version FROM temp.policies",
        "calm@1"},
    {"lua_policy", "module",
        "USING lua_policy(policy = 'name' or 'name@version', facts = table "
        "[, store = table = policy] [, settings = table = setting] "
        "[, instructions = 1000..10000000 = 1000000] [, time_ms = 1..1000 = 100] "
        "[, memory_mib = 1..64 = 16])",
        "a row for each row of the facts: action, duration_s, severity, points, rule, reason, "
        "review, mode, trace (JSON), error, policy, then the facts and their parameters",
        "no such policy, version or facts; several active versions; a fact that the policy needs "
        "is missing; a fact named "
        "like an output column; a setting of a param that is no number; a limit out of range. A "
        "policy that fails or exceeds a limit is a row with error set",
        "a NULL fact is nil in Lua",
        "runs Lua, so DIRECTONLY. Rows (name, value) of the settings table, if there is one, "
        "replace the "
        "policy's params: 'ladder.warn' is params.warn of the policy ladder; the trace then names "
        "them",
        "SELECT count(*) FROM pragma_module_list WHERE name = 'lua_policy'", "1"},
    {"shadow_ban", "module", "USING shadow_ban(privilege = table = privilege)",
        "graduated limits on what a bot gives single members, a row a ban: member, started_at, "
        "duration_days, lift_at, progress 0..1, stage 1..5, phase, reason, initiated_by, platform, "
        "revoked, lifted; hidden: now, auto_lift_days, actor, why, due. INSERT (member, reason [, "
        "started_at = now, duration_days > 0 = 15, at most 365, lift_at or auto_lift_days, "
        "stage, initiated_by, platform, actor, why]) starts one; UPDATE of stage 1.0..5.0, "
        "duration_days, lift_at, auto_lift_days, reason or revoked changes it; SET lifted = 1 "
        "and DELETE lift it. now, by equality or as the argument, is the clock of SELECT and "
        "UPDATE and a "
        "value of INSERT, else the current time. due is what the tick job has to do: lift, revoke "
        "or "
        "NULL. What was done stands in NAME_audit(id, ban, member, at, actor, action, before, "
        "after, why)",
        "in this order: no member; somebody else's ban without SHADOW_BAN_ADMIN; a member with "
        "GUILD_ADMIN; a duration that is no number above 0; a lift that is not after the start; no "
        "reason; a member who is banned already. The last is a constraint: OR IGNORE keeps the old "
        "ban, OR REPLACE lifts it. Also: a column that is computed; a privilege table or a mask "
        "that "
        "cannot be read; SQLITE_CORRUPT_VTAB where NAME_state holds something else",
        "member, reason: refused; initiated_by, actor: the database's owner; lift_at: never; now: "
        "no row",
        "progress = base + (now - since) / duration, within 0 and 1, from the last change on; "
        "phase by "
        "floor(1 + 4 * progress). The table privilege has member and mask, 64 bits; without a row "
        "USE alone. INNOCUOUS, since it reaches only its own file",
        "CREATE TABLE privilege(member, mask); CREATE VIRTUAL TABLE shadow_ban USING shadow_ban; "
        "INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'floods', 0); SELECT phase FROM "
        "shadow_ban WHERE member = 7 AND now = 5 * 86400",
        "drops"},
};

static void help_column(sqlite3_context *context, int row, int column) {
  const char *const columns[] = {help[row].name, help[row].kind, help[row].arguments,
      help[row].result, help[row].errors, help[row].nulls, help[row].rule, help[row].example,
      help[row].gives};
  sqlite3_result_text(context, columns[column], -1, SQLITE_STATIC);
}

const struct rows help_rows = {
    "CREATE TABLE decorum_help(name TEXT, kind TEXT, arguments TEXT, result TEXT, errors TEXT, "
    "nulls TEXT, rule TEXT, example TEXT, gives TEXT)",
    sizeof help / sizeof *help,
    help_column,
};
