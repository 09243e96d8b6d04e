/*
** action.h: the actions that there are. The table decorum_action, the policies' check and the
** schema's CHECK all follow the list in action.c.
*/
#ifndef DECORUM_ACTION_H
#define DECORUM_ACTION_H

#include "rows.h"

struct action {
  const char *name;
  int severity;          /* a stronger action has a higher one */
  int sanctions;         /* 1 if it is done to a member, and so needs a reason */
  const char *undone_by; /* the action that takes it back, NULL if nothing can */
  const char *meaning;
};

/* The list, in order of severity. */
extern const struct action actions[];
extern const int action_count;

/* The table decorum_action. */
extern const struct rows action_rows;

#endif
