/*
** action.c: what a policy or a moderator can do, as the table decorum_action.
**
**     SELECT name, undone_by FROM decorum_action WHERE severity > 4;
**
** An eponymous, read-only table: name, severity, sanctions, undone_by, meaning. `undo` and `reset`
** have severity 0 like `none`: they take something away.
*/
#include "action.h"

const struct action actions[] = {
    {"none", 0, 0, NULL, "leave it"},
    {"undo", 0, 0, NULL, "take an earlier case back"},
    {"reset", 0, 0, NULL, "start again: drama, warnings, offences, cooldowns"},
    {"note", 1, 0, NULL, "write a note in the member's file"},
    {"notify", 2, 0, NULL, "tell the moderators"},
    {"flag", 3, 0, NULL, "put the message in the review queue"},
    {"warn", 4, 1, "undo", "warn the member"},
    {"delete", 5, 1, NULL, "delete the message"},
    {"slowmode", 6, 1, "undo", "slow the channel down"},
    {"mute", 7, 1, "undo", "take away the member's voice in the community for a time"},
    {"timeout", 8, 1, "undo", "keep the member from talking on the platform for a time"},
    {"shadow_ban", 9, 1, "undo", "limit, step by step, what this bot gives the member"},
    {"kick", 10, 1, NULL, "remove the member, who may come back"},
    {"ban", 11, 1, "undo", "remove the member, who may not come back"},
};
const int action_count = sizeof actions / sizeof *actions;

static void action_column(sqlite3_context *context, int row, int column) {
  const struct action *action = &actions[row];
  switch (column) {
  case 0:
    sqlite3_result_text(context, action->name, -1, SQLITE_STATIC);
    break;
  case 1:
    sqlite3_result_int(context, action->severity);
    break;
  case 2:
    sqlite3_result_int(context, action->sanctions);
    break;
  case 3:
    sqlite3_result_text(context, action->undone_by, -1, SQLITE_STATIC);
    break;
  default:
    sqlite3_result_text(context, action->meaning, -1, SQLITE_STATIC);
  }
}

const struct rows action_rows = {
    "CREATE TABLE decorum_action(name TEXT, severity INTEGER, sanctions INTEGER, undone_by TEXT, "
    "meaning TEXT)",
    sizeof actions / sizeof *actions,
    action_column,
};
