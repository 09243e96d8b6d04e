// The rules of tests/sql/rules/ in Node, with better-sqlite3. Prints TAP.
//
// What the files hold is said in the README.md beside them; node.sh runs this. The argument is the folder
// that better-sqlite3 is installed in.
"use strict";

const fs = require("fs");
const os = require("os");
const { execFileSync } = require("child_process");
const path = require("path");
const Database = require(require.resolve("better-sqlite3", { paths: [process.argv[2]] }));

const build = process.env.DECORUM_BUILD || path.join(__dirname, "../../build");
const wrapper = fs.readFileSync(path.join(__dirname, "rule.sql"), "utf8");
const folder = path.join(__dirname, "../sql/rules");

let number = 0;

// Prints "ok - name", or "not ok - name" and what more there is to say, with its number.
function report(line) {
  number += 1;
  console.log(line.replace(/^(not )?ok /, (ok) => `${ok}${number} `));
}

// A value of a "-- bind" as the type by which better-sqlite3 binds it: every number is a REAL.
function bound(item) {
  const [, kind, text] = item.match(/^(\w+) ?(.*)$/s);
  switch (kind) {
    case "null": return null;
    case "int": return BigInt(text);
    case "double": return Number(text);
    case "text": return text.replaceAll("\\0", "\0");
    case "blob": return Buffer.from(text, "hex");
    default: throw new Error(`no kind of value: ${item}`);
  }
}

// Runs a statement, and reports the rules that it holds.
function run(db, statement, failure, values) {
  const isRule = /^(SELECT|VALUES|WITH)/.test(statement) && !failure;
  const [, name, expected] = failure.match(/^(.*?): (.*)$/) || [];
  let got = "no error";
  try {
    const prepared = db.prepare(isRule ? wrapper.replace("%", () => statement.trimEnd().replace(/;$/, "")) : statement);
    if (isRule) {
      for (const line of prepared.pluck().iterate(...values)) report(line);
    } else if (prepared.reader) {
      prepared.all(...values);
    } else {
      prepared.run(...values);
    }
  } catch (error) {
    got = error.message;
  }
  if (failure) {
    report(got === expected ? `ok - ${name}` : `not ok - ${name}\n# got      ${got}\n# expected ${expected}`);
  } else if (got !== "no error") {
    report(`not ok - no rule, but: ${got}`);
  }
}

function runFile(text, i) {
  let database = ":memory:";
  if (/^-- community$/m.test(text)) {
    database = path.join(work, `${i}.db`);
    execFileSync(path.join(build, "decorum"), ["init", "-q", database]);
  }
  const db = new Database(database);
  db.loadExtension(path.join(build, "decorum"));
  let statement = "", failure = "", values = [];
  for (const line of text.split("\n")) {
    if (!statement && line.startsWith("-- bind ")) {
      values = line.slice(8).split(", ").map(bound);
    } else if (!statement && line.startsWith("-- error ")) {
      failure = line.slice(9);
    } else if (statement || !/^(--|$)/.test(line)) {
      statement += line + "\n";
      if (line.endsWith(";")) {
        run(db, statement, failure, values);
        statement = "", failure = "", values = [];
      }
    }
  }
  if (statement) report("not ok - a statement without an end");
  db.close();
}

const files = fs.readdirSync(folder).filter((name) => name.endsWith(".sql")).sort();
const texts = files.map((name) => fs.readFileSync(path.join(folder, name), "utf8"));
const plans = texts.map((text) => text.match(/^-- plan (\d+)$/m));
console.log(`1..${plans.reduce((sum, plan) => sum + (plan ? Number(plan[1]) : 0), 0)}`);
const work = fs.mkdtempSync(path.join(os.tmpdir(), "rules-"));
process.on("exit", () => fs.rmSync(work, { recursive: true }));
texts.forEach(runFile);
