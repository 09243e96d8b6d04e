#!/bin/sh
# decorum eval: what it measures, in each format, and what it refuses.
. "$(dirname "$0")/tap.sh"

# A member of a result: its path in JSON. Numbers have 17 digits or fewer.
member() {
  sqlite3 :memory: "SELECT coalesce(json_extract(CAST(readfile('$1') AS TEXT), '\$.$2'), 'null')"
}
# near GOT EXPECTED WHAT: equal to 1e-12
near() {
  is "$(sqlite3 :memory: "SELECT abs($1 - ($2)) <= 1e-12")" 1 "$3: $1"
}
can_python=$(command -v python3)
python() {
  if [ -n "$can_python" ]; then "$@"; else ok 0 "$2 # SKIP there is no python3"; fi
}

# Eight rows whose measures are done by hand.
cat >small.csv <<'END'
id,text,label,score
1,first,y,0.9
2,"second, with ""marks""",YES,0.8
3,third,n,0.8
4,fourth,true,.4
5,fifth,0,0.3
6,sixth,No,0.2
7,seventh,non-toxic,1e-1
8,eighth,false,0.10
9,,n,0.5
10,tenth,,0.5
11,eleventh,y, 
12, ,,
END
measure="$decorum eval small.csv --text text --label label --score score"
$measure --format json >small.json
is "$?" 0 "a file is measured"
is "$(member small.json rows)" '{"read":12,"used":8,"positives":3,"negatives":5,"skipped":{"label":2,"text":1,"score":1}}' "its rows are counted"
is "$(member small.json confusion)" '{"true_positives":2,"false_positives":1,"false_negatives":1,"true_negatives":4}' "at 0.5"
near "$(member small.json precision.value)" 2/3.0 "precision"
near "$(member small.json recall.value)" 2/3.0 "recall"
near "$(member small.json specificity.value)" 4/5.0 "specificity"
near "$(member small.json f1)" 2/3.0 "F1"
# Pairs in the right order: 5 for 0.9, 4 and a tie for 0.8, 4 for 0.4.
near "$(member small.json roc_auc.value)" 13.5/15 "ROC AUC"
near "$(member small.json average_precision)" "(1 + 2/3.0 + 3/4.0) / 3" "average precision"
near "$(member small.json brier)" "(0.01 + 0.04 + 0.64 + 0.36 + 0.09 + 0.04 + 0.01 + 0.01) / 8" "Brier score"
# 0.1 twice: 0.2 off; 0.2: 0.2; 0.3: 0.3; 0.4: 0.6; 0.8 twice, one of them y: 0.6; 0.9: 0.1.
near "$(member small.json calibration_error)" "(0.2 + 0.2 + 0.3 + 0.6 + 0.6 + 0.1) / 8" "calibration error"
is "$(member small.json 'thresholds[7]')" \
  '{"threshold":0.8,"flagged":3,"flagged_share":0.375,"precision":0.66666666666666663,"recall":0.66666666666666663,"f1":0.66666666666666663}' \
  "a threshold of the table"
is "$(member small.json 'identities[0].sentences')" null "a column has no scores for sentences"
$measure --threshold 0.4 --format json >other.json
is "$(member other.json confusion)" '{"true_positives":3,"false_positives":1,"false_negatives":0,"true_negatives":4}' "at another threshold"
is "$($measure --format json --bins 4 | grep -c '"from":0.75,"to":1,"rows":3,')" 1 "other bins"
matches "$($measure)" "*12 rows, 8 measured: 3 toxic, 5 not; 4 skipped: 2 without a label, 1 without a text, 1 without a score.*" "skipped rows are told"

# The same again in another way: all pairs, all rows, no sorting.
cat >check.py <<'END'
import csv, json, math, statistics, sys
path, text, label, score, result = sys.argv[1:]
r = json.load(open(result))
rows = [x for x in csv.DictReader(open(path, newline="", encoding="utf-8")) if x[text].strip() and x[label].strip()]
if score:
    rows = [x for x in rows if x[score].strip()]
    scores = [float(x[score]) for x in rows]
else:
    scores = [float(line) for line in sys.stdin]
truth = [x[label].strip().lower() in ("y", "yes", "true", "1", "toxic") for x in rows]
assert len(scores) == len(truth) == r["rows"]["used"] and sum(truth) == r["rows"]["positives"]
yes = [s for s, t in zip(scores, truth) if t]
no = [s for s, t in zip(scores, truth) if not t]
right = lambda a, b: 1.0 if a > b else 0.5 if a == b else 0.0
v_yes = [math.fsum(right(a, b) for b in no) / len(no) for a in yes]
v_no = [math.fsum(right(a, b) for a in yes) / len(yes) for b in no]
variance = statistics.variance(v_yes) / len(yes) + statistics.variance(v_no) / len(no)
at = lambda cut: (sum(s >= cut for s in yes), sum(s >= cut for s in no))
precision, last = 0.0, 0
for cut in sorted(set(scores), reverse=True):
    hits, errors = at(cut)
    precision += (hits - last) / len(yes) * hits / (hits + errors)
    last = hits
bins = {}
for s, t in zip(scores, truth):
    bins.setdefault(max(b for b in range(10) if s >= b / 10), []).append((s, t))
ece = sum(abs(sum(t for _, t in b) - math.fsum(s for s, _ in b)) for b in bins.values()) / len(scores)
expected = {
    "roc_auc.value": math.fsum(v_yes) / len(yes), "roc_auc.variance": variance, "average_precision": precision,
    "brier": math.fsum((s - t) ** 2 for s, t in zip(scores, truth)) / len(scores), "calibration_error": ece,
    "confusion.true_positives": at(r["threshold"])[0], "confusion.false_positives": at(r["threshold"])[1],
}
for each in r["thresholds"]:
    assert each["flagged"] == sum(at(each["threshold"])), each
for name, value in expected.items():
    got = r
    for part in name.split("."):
        got = got[part]
    if abs(got - value) > 1e-12:
        print(name, got, "expected", value)
END
# recomputed WHAT ARGUMENTS: what check.py prints is wrong
recomputed() { what=$1; shift; is "$(python3 check.py "$@" 2>&1)" "" "$what, recomputed"; }
python recomputed "eight rows" small.csv text label score small.json

# With the scorer: its own score of each text, and its sentences.
cat >chat.csv <<'END'
text,label
you are an idiot,y
"the muslims here are no idiots, you know",n
a woman said: you stupid fucking idiot,n
hello,n
two women and a MAN,n
go away,y
END
chat="$decorum eval chat.csv --text text --label label"
$chat --format json >chat.json
is "$?" 0 "the scorer is measured"
shell :memory: ".mode list" ".import --csv chat.csv chat" "SELECT printf('%!.17g', toxicity(text)) FROM chat" >scores
python recomputed "the scorer" chat.csv text label "" chat.json <scores
identity() { sqlite3 :memory: "SELECT value ->> '$2' FROM json_each(CAST(readfile('$1') AS TEXT), '\$.identities') WHERE value ->> 'term' = '$3'"; }
is "$(identity chat.json '$.texts' woman) $(identity chat.json '$.rate.part' woman) $(identity chat.json '$.rate.whole' woman)" "2 1 2" \
  "false positives of a term"
is "$(member chat.json any_identity.texts) $(member chat.json any_identity.rate.whole)" "3 3" "and of any term"
is "$(sqlite3 :memory: "SELECT count(*) >= 50 AND min(value ->> '$.sentences.count') >= 10
  FROM json_each(CAST(readfile('chat.json') AS TEXT), '$.identities')")" 1 "the list and its sentences are long"
matches "$($chat)" "*(any term)*woman*gender*terms are in no text.*Neutral sentences*" "terms in text"
printf 'term,group,one,many\nidiot|idiots,insult,an idiot,idiots\nhello,,,\n' >terms.csv
$chat --format json --identities terms.csv >own.json
is "$(identity own.json '$.texts' idiot) $(identity own.json '$.group' idiot) $(identity own.json '$.sentences.count' idiot) $(identity own.json '$.rate.whole' hello)" \
  "3 insult 10 1" "terms of one's own"
is "$(shell :memory: "SELECT $(identity own.json '$.sentences.highest' idiot) >= toxicity('You are an idiot, right?') - 1e-12,
  $(identity own.json '$.sentences.mean' idiot) > 0, $(identity own.json '$.sentences.mean' hello)")" "1|1|0" "are scored in sentences"

printf 'term,group\nidiot,\033[31mred\nfoo\377,x\n' >escape_terms.csv
$chat --format json --identities escape_terms.csv >own.json
is "$? $(identity own.json '$.group' idiot)" "0 ␛[31mred" "and are safe to look at"

# One form of text, label, line and file is as good as another.
sed 's/$/\r/; 1s/^/\xEF\xBB\xBF/' small.csv >crlf.csv
"$decorum" eval crlf.csv --text text --label label --score score --format json | sed 's/crlf.csv/small.csv/' | cmp -s - small.json
ok "$?" "CRLF and a byte order mark change nothing"
cat small.csv | "$decorum" eval - --text text --label label --score score --format json | sed 's/standard input/small.csv/' | cmp -s - small.json
ok "$?" "nor does standard input"
grep -v '"' small.csv | tr , '\t' >small.tsv
grep -v '"' small.csv | tr , ';' >semicolon.csv
is "$("$decorum" eval small.tsv --text text --label label --score score | sed -n 2p)" \
  "$("$decorum" eval semicolon.csv --separator ';' --text text --label label --score score | sed -n 2p)" "tabs and semicolons separate too"
printf 'text,label\na,hate\nb,neither\nc,Hate\n' >words.csv
"$decorum" eval words.csv --text text --label label --positive hate --format json >words.json
is "$(member words.json rows.positives) $(member words.json rows.negatives)" "2 1" "labels may be other words"
printf 'label,text\nn,"%s"\ny,x\n' "$(head -c 3000000 /dev/zero | tr '\0' 'a')" >huge.csv
is "$("$decorum" eval huge.csv --text text --label label --format json >huge.json; member huge.json rows.used)" 2 "a huge field"

# One class: said, and no measure is made up.
printf 'text,label\nhello,n\nhi,n\n' >one.csv
"$decorum" eval one.csv --text text --label label >one.txt
is "$?" 1 "one class: status 1"
matches "$(cat one.txt)" "*only one class: every row is labelled not toxic.*│ precision         │ none  │ none *│ ROC AUC           │ none  │ none *" "and it says so"
"$decorum" eval one.csv --text text --label label --format json >one.json
is "$(member one.json precision.value) $(member one.json recall.low) $(member one.json roc_auc.value) $(member one.json f1) $(member one.json brier)" \
  "null null null null 0" "what does not exist is null"
"$decorum" eval one.csv --text text --label label --format html >one.html
is "$? $(grep -c -i 'nan\|-inf' one.txt one.json one.html | tr '\n' ' ')" "1 one.txt:0 one.json:0 one.html:0 " "nothing is NaN"

# What is wrong.
refused() { fails_with "decorum: eval: $1" "$2" "$decorum" eval "$3" --text text --label label $4; }
fails_with "decorum: missing option '--label'*" "no label named" "$decorum" eval small.csv --text text
fails_with "decorum: eval: none.csv: No such file or directory" "no file" "$decorum" eval none.csv --text text --label label
mkdir folder
fails_with "decorum: eval: folder: is a folder" "a folder" "$decorum" eval folder --text text --label label
fails_with "decorum: eval: small.csv: there is no column 'txet', did you mean 'text'; the columns are: id, text, label, score" "no such column" \
  "$decorum" eval small.csv --text txet --label label
: >empty.csv
refused "empty.csv: the file is empty; its first line must name the columns" "an empty file" empty.csv
echo text,label >header.csv
refused "header.csv: there is nothing to measure: 0 rows" "no rows" header.csv
printf 'text,label\n,y\n" ",\n' >skipped.csv
refused "skipped.csv: there is nothing to measure: 2 rows; 2 skipped: 1 without a label, 1 without a text" "no row to use" skipped.csv
printf 'text,label\na,y\n"b\nb",maybe\n' >label.csv
refused "label.csv:3: the label must be y or n (or yes/no, true/false, 1/0, toxic/nontoxic), not 'maybe'; --positive names another word" \
  "a label that says nothing" label.csv
printf 'text,label\na,hate\nb,none\nc,nnoe\n' >third.csv
refused "third.csv:4: the label is 'nnoe', where those before are 'hate' and 'none'" "a third label" third.csv "--positive hate"
printf 'text,label\na,y\nb,n,c\n' >ragged.csv
refused "ragged.csv:3: 3 fields, but the header has 2" "a ragged row" ragged.csv
printf 'text,label\na,y\n"b,n\nc,y\n' >open.csv
refused "open.csv:3: a quotation mark that is not closed" "a quotation mark that is not closed" open.csv
printf 'text,label\na\0b,y\n' >nul.csv
refused "nul.csv:2: a NUL byte; the file must be text in UTF-8" "a NUL" nul.csv
printf 'text,text,label\na,b,y\n' >twice.csv
refused "twice.csv:1: there are two columns 'text'" "a column twice" twice.csv
for score in 1.5 -0.1 high nan 0x1 inf; do
  printf 'text,label,score\na,y,%s\n' $score >score.csv
  refused "score.csv:2: the score must be a number between 0 and 1, not '$score'" "a score of $score" score.csv "--score score"
done
for value in 2 nan x ''; do
  fails_with "decorum: eval: --threshold must be a number between 0 and 1, not '$value'" "a threshold of '$value'" \
    "$decorum" eval small.csv --text text --label label --threshold "$value"
done
refused "--bins must be a whole number between 1 and 100, not '0'" "no bins" small.csv "--bins 0"
refused "--bins must be a whole number between 1 and 100, not '2.5'" "half a bin" small.csv "--bins 2.5"
refused "--separator must be one ASCII character or the word tab, not 'ab'" "a long separator" small.csv "--separator ab"
refused "--out small.csv would overwrite what is measured" "the file itself as --out" small.csv "--out small.csv"
refused "--out ./small.csv would overwrite what is measured" "the file itself by another name" small.csv "--out ./small.csv"
echo term >none-of-them.csv
refused "none-of-them.csv: there are no terms" "a list without terms" small.csv "--identities none-of-them.csv"
refused "small.csv: there is no column 'term'; the columns are: id, text, label, score" "a list that is none" small.csv "--identities small.csv"
printf 'text,label\na,\033[31mred\n' >escape.csv
refused "escape.csv:2: the label must be*, not '␛?31mred'*" "a label that would drive the terminal" escape.csv
ok "$($measure >/dev/full 2>/dev/null; [ $? = 2 ]; echo $?)" "a full disk is told of"

# The formats say the same.
$chat --show 2 --out chat.txt && $chat --show 2 --format html --out chat.html
is "$?" 0 "text and HTML go to files"
for file in chat.txt chat.html; do
  $chat --show 2 --format "$(echo "${file#chat.}" | sed s/txt/text/)" | cmp -s - $file
  ok "$?" "$file is the same each time"
done
cat >formats.py <<'END'
import html.parser, re, sys
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.rows, self.wrong, self.tags, self.cell = [], [], [], [], None
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append(tag)
        self.open.append(tag)
        if tag == "tr": self.rows.append([])
        if tag in ("th", "td"): self.cell = ""
        if tag == "th" and attributes.get("scope") not in ("row", "col"): self.wrong.append("th without scope")
        if tag == "svg" and attributes.get("role") != "img": self.wrong.append("svg without role")
        if set(attributes) & {"src", "href", "onload", "onclick"}: self.wrong.append("something from elsewhere")
    def handle_startendtag(self, tag, attributes): self.tags.append(tag)
    def handle_endtag(self, tag):
        if self.open.pop() != tag: self.wrong.append("</%s>" % tag)
        if tag in ("th", "td"):
            self.rows[-1].append(self.cell)
            self.cell = None
    def handle_data(self, data):
        if self.cell is not None: self.cell += data
text, page_text = (open(name, encoding="utf-8").read() for name in sys.argv[1:])
page = Page()
page.feed(page_text)
if page.open: page.wrong.append("not closed: %s" % page.open)
if {"script", "link", "iframe", "img", "object"} & set(page.tags): page.wrong.append("forbidden elements")
if page.tags.count("svg") != 2 or page.tags.count("desc") != 2: page.wrong.append("two charts with a description")
for needed in ("Content-Security-Policy", "default-src 'none'", "width=device-width", "prefers-color-scheme: dark", "@media print"):
    if needed not in page_text: page.wrong.append("no " + needed)
rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in text.split("\n") if line.startswith("│")]
if len(rows) < 30 or rows != page.rows:
    page.wrong += ["%s is %s" % pair for pair in zip(rows, page.rows) if pair[0] != pair[1]] or ["rows differ in number"]
print("\n".join(map(str, page.wrong)))
END
same() { is "$(python3 formats.py chat.txt chat.html 2>&1)" "" "$1"; }
python same "the page is well-formed, asks for nothing, and has the cells of the text"
for name in precision recall specificity; do
  value=$(printf '%.3f │ %.3f–%.3f  ' "$(member chat.json $name.value)" "$(member chat.json $name.low)" "$(member chat.json $name.high)")
  matches "$(cat chat.txt)" "*│ $name *│ $value *" "$name is the same in JSON and text: $value"
done
value=$(printf '%.3f' "$(member chat.json roc_auc.value)")
matches "$(cat chat.txt)" "*│ ROC AUC           │ $value │*" "so is the area: $value"

# Texts are shown if asked for alone, and safely.
printf 'id,text,label\n<b>7</b>,"<script>alert(1)</script> \033[31m you idiot %s",n\n8,quiet,y\n' "$(head -c 400 /dev/zero | tr '\0' 'z')" >'<i>.csv'
shown="$decorum eval <i>.csv --text text --label label --id id"
ok "$($shown | grep -q 'alert\|quiet'; [ $? = 1 ]; echo $?)" "no text is shown"
ok "$($shown --format json | grep -q 'alert\|quiet'; [ $? = 1 ]; echo $?)" "nor in JSON"
$shown --show 1 --format json >shown.json
is "$(member shown.json 'misses.highest[0].id') $(member shown.json 'misses.highest[0].line')" "<b>7</b> 2" "a miss has its id and line"
is "$(member shown.json 'misses.highest[0].text' | tr -d '\n' | cut -c 1-32)" "<script>alert(1)</script> ␛[31" "and its text, safe to look at"
is "$(sqlite3 :memory: "SELECT length('$(member shown.json 'misses.highest[0].text')')")" 101 "of 100 characters and an ellipsis"
is "$(member shown.json 'misses.lowest[0].text')" quiet "the lowest positive is there too"
$shown --show 1 --format html >shown.html
is "$(grep -c '<script\|<b>\|<i>' shown.html) $(grep -c '&lt;script&gt;alert(1)&lt;/script&gt; ␛' shown.html)" "0 1" "in HTML it is text"
if command -v xmllint >/dev/null; then
  ok "$(xmllint --noout chat.html shown.html one.html >xml 2>&1; echo $?)" "the pages are XML as well" "$(cat xml)"
else
  ok 0 "the pages are XML as well # SKIP there is no xmllint"
fi

# A real browser takes the page as it is meant.
browser=$(command -v chromium || command -v chromium-browser)
if [ -n "$browser" ]; then
  HOME=$work timeout 120 "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$work/chromium" --enable-logging=stderr \
    --dump-dom "file://$work/shown.html" >dom 2>console
  is "$? $(grep -c '<svg' dom) $(grep -c '<h1>.*&lt;i&gt;.csv</h1>' dom) $(grep -c '<script' dom)" "0 2 1 0" "chromium shows the page" "$(tail -3 console)"
  is "$(grep -i 'CONSOLE\|Content Security Policy' console)" "" "and has no complaint"
else
  ok 0 "chromium shows the page # SKIP chromium is not installed"
fi

# Comments on GitHub that people labelled. They are not part of the project.
comments=$root/../shared/data/github-comments/train_comments.csv
if [ -r "$comments" ] && [ -n "$can_python" ]; then
  github="$decorum eval $comments --text text --label toxicity --format json"
  $github >github.json
  is "$? $(member github.json rows)" '0 {"read":1597,"used":1586,"positives":101,"negatives":1485,"skipped":{"label":0,"text":11,"score":0}}' "1,597 comments"
  shell :memory: ".mode list" ".import --csv '$comments' c" "SELECT printf('%!.17g', toxicity(text)) FROM c WHERE trim(text) <> ''" >scores
  recomputed "comments" "$comments" text toxicity "" github.json <scores
  $github --score perspective_score >perspective.json
  recomputed "another scorer of the comments" "$comments" text toxicity perspective_score perspective.json
else
  ok 0 "1,597 comments # SKIP they are not here, or there is no python3"
fi
finish
