---@meta _

-- What a policy is made of, for an editor with the Lua language server: it completes and checks by this. Nothing runs
-- it. With .luarc.json beside it, what is not here is not in a policy.

-- The description ------------------------------------------------------------------------------------

---@alias Action
---| "none" # leave it
---| "undo" # take an earlier case back
---| "reset" # start again: drama, warnings, offences, cooldowns
---| "note" # write a note in the member's file
---| "notify" # tell the moderators
---| "flag" # put the message in the review queue
---| "warn" # warn the member
---| "delete" # delete the message
---| "slowmode" # slow the channel down
---| "mute" # take away the member's voice in the community for a time
---| "timeout" # keep the member from talking on the platform for a time
---| "shadow_ban" # limit, step by step, what this bot gives the member
---| "kick" # remove the member, who may come back
---| "ban" # remove the member, who may not come back

---@alias FactName string the name of a field of Facts
---@alias Words string explains; {drama:.2f} is a fact with two decimals, {points} the signal's points
---@alias Seconds number minutes(5), hours(1), days(1)

---@class (exact) Policy
---@field id string its name: at most 40 lower-case letters, digits and _, a letter first
---@field version_note? string what is new in this version
---@field params? table<string, number> numbers that a community may set otherwise: the setting `ID.NAME`
---@field needs FactName[] the facts that its functions and words read
---@field guards? Guard[] the first that holds ends it with "none"
---@field signals? Signal[] their points are added up
---@field ladder? Rung[] lowest first; the highest that the points reach wins
---@field max_climb? integer at most so many rungs above the last sanction
---@field decide? fun(f: Facts, d: Decision, p: table<string, number>): Decision? a last word
---@field mode? "observe" it never sanctions; without it, what people said: the setting mode, mode_change
---@field tests Test[] at least one; all must pass

---@class (exact) Guard
---@field [1] string its name, for the trace
---@field [2]? fun(f: Facts, p: table<string, number>): any holds unless it gives nil, false or 0; or cooldown(...)
---@field fact? FactName instead of a function: holds unless the fact is NULL or 0

---@class (exact) Signal
---@field [1] string its name
---@field [2] (fun(f: Facts, p: table<string, number>): number?)|Words? its points; the words, if it goes by a fact
---@field [3]? Words
---@field fact? FactName instead of a function...
---@field bands? number[][] ...with { from, points }, lowest first

---@class (exact) Rung
---@field at number points from which on it is reached
---@field action Action
---@field duration? Seconds
---@field durations? Seconds[] by the number of earlier offences
---@field severity? string|number
---@field rule? string|number
---@field reason? Words instead of the signals' words

---@class (exact) Test
---@field [1] string what it shows
---@field [2] Facts the facts that it is about; the others are neutral (_facts.lua)
---@field [3] Expected
---@field params? table<string, number> other params than the policy's own

---@class (exact) Expected
---@field action? Action
---@field duration_s? Seconds|Null
---@field severity? string|number|Null
---@field points? number|Null
---@field rule? string|number|Null
---@field reason? string|Null
---@field review? boolean|0|1
---@field mode? "observe"|Null
---@field trace? string
---@field guard? string|Null the guard that held
---@field rung? integer the rung that was reached, 0 for none
---@field error? string a part of the error that it ends in

---@class (exact) Decision
---@field action Action
---@field duration_s? Seconds|Null
---@field severity? string|number|Null "none": what is done counts for nothing later
---@field points? number|Null
---@field rule? string|number|Null
---@field reason? string|Null what sanctions must have one
---@field review? boolean|0|1 true asks a person to look
---@field mode? "observe"|Null

---@param description Policy
---@return Policy
function policy(description) end

-- The facts of a member at a time: the columns of member_facts (sql/facts/member.sql). NULL is nil.
---@class (exact) Facts
---@field member? integer whom it is about
---@field now? Seconds the time, in seconds since 1970
---@field seq? integer the last entry of the log that can be seen
---@field drama? number 0 to 1: how heated the member's newest messages are, the newest counting most
---@field drama_messages? string JSON: what drama is made of
---@field toxicity? number 0 to 1: this message
---@field categories? string JSON: of this message, such as {"insult": 0.6}
---@field incidents? string JSON: the newest 5 messages above 0.3
---@field warned? 0|1|boolean by a warning newer than the last offence that has not lapsed
---@field warned_at? Seconds|Null the time of that warning
---@field offences? integer mutes and stronger in a row, none of them long ago
---@field last_action? Action|Null the newest sanction of late that counts: not undone, nor of severity "none"
---@field last_action_at? Seconds|Null its time
---@field last_warning_at? Seconds|Null
---@field last_offence_at? Seconds|Null
---@field warn_cooldown_s? Seconds the setting warn_cooldown_minutes
---@field warn_allowed? 0|1|boolean the last warning is longer ago than that
---@field muted? 0|1|boolean a mute, a timeout or a ban is in force
---@field immune? 0|1|boolean
---@field rank? integer 0 a member; higher ranks moderate
---@field recent_messages? integer the member's within the setting burst_window_s, this one included
---@field repeats? integer the member's that say the same, this one included; 0 if it is too short to tell
---@field repeats_by_others? integer other members who said the same in this channel
---@field links? integer in this message
---@field member_age_s? Seconds since the member's first message that is known here
---@field member_messages? integer before this one, counted up to 1000
---@field arrivals? integer newcomers who came into this channel within a minute
---@field slowed? 0|1|boolean this channel is slowed down already
---@field is_off_topic? 0|1|boolean|Null this message, as a model judged it
---@field topic? string|Null what it is about instead
---@field off_topic? integer reminders of the topic since the last reset
---@field last_reminder_at? Seconds|Null
---@field reminder_allowed? 0|1|boolean
---@field owner_notified? 0|1|boolean
---@field owner_due? 0|1|boolean three reminders, and the owner does not know
---@field coherence? number|Null 0 to 1: does this message make sense?
---@field coherence_flag? string|Null the model's word for what is odd
---@field coherence_baseline? number what is usual for the member
---@field coherence_drop? number|Null how far below it; NULL if that is no alert
---@field coherence_alert_allowed? 0|1|boolean
---@field coherence_scores? string JSON: of the newest 20 messages
---@field reputation? integer 0 to 100
---@field flags? integer by how many other members' flags
---@field verdict? "SAFE"|"REVIEW"|"VIOLATION"|Null the newest about this message
---@field verdict_violation? 0|1|boolean|Null
---@field verdict_rule? string|Null
---@field verdict_severity? "low"|"medium"|"high"|"critical"|Null
---@field verdict_confidence? integer|Null 0 to 100
---@field rule_severity? "low"|"medium"|"high"|"critical"|Null the most that the rule allows; NULL if it is none of ours
---@field rule_exempt? 0|1|boolean the rule does not hold in this channel
---@field reviews_waiting? integer about the member
---@field in_review? 0|1|boolean this message waits for a review
---@field sampled_p? number the chance with which a model is asked
---@field sampled? 0|1|boolean|Null a model should look at this message
---@field analysis_allowed? 0|1|boolean the last time was long enough ago
---@field second_model? 0|1|boolean a heavier model should look, too
---@field notes? string JSON: the newest 10 that moderators wrote
---@field profile? string|Null
---@field aliases? string JSON: other names

-- What it can call -----------------------------------------------------------------------------------

---@class Null
---Stands for NULL in a test and in a decision. In code a fact that is NULL is nil.
null = {}

---@param n number
---@return Seconds
function minutes(n) end

---@param n number
---@return Seconds
function hours(n) end

---@param n number
---@return Seconds
function days(n) end

---A guard that holds while the time `fact` lies at most `rest` back.
---@param fact FactName a time
---@param rest Seconds|FactName
---@return fun(f: Facts): boolean
function cooldown(fact, rest) end

---A number from 0 to below 1, always the same for the same arguments.
---@param ... string|number|boolean|nil
---@return number
function dice(...) end

---Regular expressions (PCRE2), with a limit on their work.
re = {}

---@param text string
---@param pattern string
---@param init? integer
---@return integer? from, integer? to, string? ...
function re.find(text, pattern, init) end

---@param text string
---@param pattern string
---@param init? integer
---@return string? ... the captures, or the whole match
function re.match(text, pattern, init) end

---@param text string
---@param pattern string
---@return fun(): string, string...
function re.gmatch(text, pattern) end

---@param text string
---@param pattern string
---@param replacement string
---@param n? integer at most so many
---@return string, integer
function re.gsub(text, pattern, replacement, n) end

---@generic T
---@param value T?
---@param message? string
---@return T
function assert(value, message, ...) end

---@param message string
function error(message, level) end

---@generic T
---@param t T[]
---@return fun(t: T[], i?: integer): integer, T
function ipairs(t) end

---In the order of the keys: numbers, then strings.
---@generic K, V
---@param t table<K, V>
---@return fun(t: table<K, V>, k?: K): K, V
function pairs(t) end

---@param n integer|"#"
function select(n, ...) end

---@param value any
---@param base? integer
---@return number?
function tonumber(value, base) end

---@param value any
---@return string
function tostring(value) end

---@param value any
---@return "nil"|"number"|"string"|"boolean"|"table"|"function"
function type(value) end

---@class stringlib
string = {}
---@param s string
---@param i? integer
---@param j? integer
---@return integer ...
function string.byte(s, i, j) end
---@param ... integer
---@return string
function string.char(...) end
---Plain: no patterns (see re).
---@param s string
---@param needle string
---@param init? integer
---@return integer? from, integer? to
function string.find(s, needle, init) end
---@param template string
---@return string
function string.format(template, ...) end
---@param s string
---@return integer
function string.len(s) end
---@param s string
---@return string
function string.lower(s) end
---@param s string
---@param n integer
---@param separator? string
---@return string
function string.rep(s, n, separator) end
---@param s string
---@return string
function string.reverse(s) end
---@param s string
---@param i integer
---@param j? integer
---@return string
function string.sub(s, i, j) end
---@param s string
---@return string
function string.upper(s) end

table = {}
---@param list any[]
---@param separator? string
---@param i? integer
---@param j? integer
---@return string
function table.concat(list, separator, i, j) end
---@param list any[]
---@overload fun(list: any[], value: any)
function table.insert(list, position, value) end
---@return table
function table.pack(...) end
---@param list any[]
---@param position? integer
---@return any
function table.remove(list, position) end
---@generic T
---@param list T[]
---@param before? fun(a: T, b: T): boolean
function table.sort(list, before) end
---@param list any[]
---@param i? integer
---@param j? integer
---@return any ...
function table.unpack(list, i, j) end

utf8 = {}
---@param ... integer
---@return string
function utf8.char(...) end
---@param s string
---@return integer ...
function utf8.codepoint(s, i, j) end
---@param s string
---@return fun(): integer, integer
function utf8.codes(s) end
---@param s string
---@return integer?
function utf8.len(s, i, j) end
---@param s string
---@param n integer
---@return integer?
function utf8.offset(s, n, i) end

-- Without random: the same facts must give the same decision.
math = { huge = 1e308, maxinteger = 9223372036854775807, mininteger = -9223372036854775807 - 1, pi = 3.141592653589793 }
---@return number
function math.abs(x) end
---@return number
function math.acos(x) end
---@return number
function math.asin(x) end
---@return number
function math.atan(y, x) end
---@return integer
function math.ceil(x) end
---@return number
function math.cos(x) end
---@return number
function math.deg(x) end
---@return number
function math.exp(x) end
---@return integer
function math.floor(x) end
---@return number
function math.fmod(x, y) end
---@return number
function math.log(x, base) end
---@return number
function math.max(x, ...) end
---@return number
function math.min(x, ...) end
---@return number, number
function math.modf(x) end
---@return number
function math.rad(x) end
---@return number
function math.sin(x) end
---@return number
function math.sqrt(x) end
---@return number
function math.tan(x) end
---@return integer?
function math.tointeger(x) end
---@return "integer"|"float"|nil
function math.type(x) end
---@return boolean
function math.ult(m, n) end
