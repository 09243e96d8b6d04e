-- What jsonl.py and jsonl.js start decorum with: another program hands events over and does what is called for.
return {
  database = "chat.db",
  chat = { { "jsonl", answers = true, moderators = "moderators" } },
  log = { level = "warn" },
}
