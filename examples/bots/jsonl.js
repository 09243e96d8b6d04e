// A bot of one's own, moderated by Decorum: here its chat is standard input, a line "name: text" each.
//
//     decorum init chat.db --set mode=enforce
//     printf 'ann: hello\nbob: you are a fucking idiot\n' | node jsonl.js decorum
//
// The events go to decorum's standard input, the calls come from its standard output, one JSON object a line. A call has a key: it
// may come twice, when decorum was killed before it had our answer, and then we have done it already.
const { spawn } = require("node:child_process");
const path = require("node:path");
const readline = require("node:readline");

// What your chat can do. Here it is only said.
async function perform(call) {
  if (["say", "dm"].includes(call.call)) {
    console.log(`[${call.channel ?? call.name}] ${call.text}`);
  } else if (["reply", "warn"].includes(call.call)) { // where others read it, too: so say whom it is to
    console.log(`[${call.channel ?? call.name}] ${call.name}: ${call.text}`);
  } else if (["mute", "unmute", "kick", "ban", "unban", "delete"].includes(call.call)) {
    console.log(`* ${call.call} ${call.name}`);
  } else {
    throw new Error(`this chat has no ${call.call}`);
  }
}

const decorum = spawn(process.argv[2], ["run", path.join(__dirname, "jsonl.lua")], {
  stdio: ["pipe", "pipe", "inherit"],
});
const write = (line) => decorum.stdin.write(JSON.stringify(line) + "\n");
const made = new Set();

readline.createInterface({ input: decorum.stdout }).on("line", async (line) => {
  const call = JSON.parse(line);
  if (call.type !== "call") return; // a decision, which is news and nothing to do
  try {
    if (!made.has(call.key)) {
      await perform(call);
      made.add(call.key);
    }
    write({ type: "done", key: call.key });
  } catch (why) {
    write({ type: "failed", key: call.key, why: String(why.message) });
  }
});

let number = 0;
readline.createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [, name, text] = /^(.*?): (.*)$/.exec(line) ?? [];
    if (name) {
      write({ type: "message", id: `${process.pid}-${number++}`, channel: "lobby", member: name, name, text });
    }
  })
  .on("close", () => write({ type: "end" })); // no more events: decorum makes the last calls, hears what we answer, and ends
decorum.on("exit", (status) => process.exit(status ?? 1));
