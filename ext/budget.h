/*
** budget.h: what one entry into Lua may use: instructions, processor time, memory. Also what one regular expression
** in SQL may.
**
** A struct budget is the user data of a Lua state's allocator, budget_allocate, and budget_begin starts an
** entry. Whatever is used up first ends the entry with a Lua error, and as long as Lua goes on after it,
** in a handler or wherever, each further instruction is that error again. budget->exceeded then says why.
**
** The instructions are the limit that a policy meets: they are the same on every machine. The time is a net
** below it, for single instructions that take long; it is the time of this thread on the processor, so
** that a busy machine changes nothing.
*/
#ifndef DECORUM_BUDGET_H
#define DECORUM_BUDGET_H

#include <lua.h>
#include <stdbool.h>
#include <time.h>
#include "api.h"

#define BUDGET_OWN_CHUNK                                                                           \
  "=decorum" /* the chunk name of our own Lua, whose places are of no use to others */
#define BUDGET_TEXT_MAX 1048576 /* bytes of one text */
#define BUDGET_TABLE_MAX 131072 /* bytes of a block that a table holds: 8,192 items or 4,096 keys */
#define BUDGET_STACK 8150       /* values on Lua's stack, whose block is no larger */

/* What a table may be given; 0 stands for the default. */
struct budget_limits {
  int instructions;
  int milliseconds;
  int mebibytes;
};

extern const struct budget_limits budget_default, budget_least, budget_most;

struct budget {
  lua_State *lua; /* NULL while the state is being made or closed */
  sqlite3 *db;    /* whose interrupts end an entry */
  struct budget_limits limits;
  int left; /* instructions that are left */
  int step; /* of them, between two hooks */
  /* Bytes. Blocks that were asked for count in `made` even when they were freed again; only large ones do, and none
  ** while `uncounted` is set: such as depend on what was there before. */
  size_t memory;
  size_t made;
  bool uncounted;
  size_t largest; /* block that an entry made; the parser's own left out */
  int refused;    /* times that an allocation was over the limit... */
  int patience;   /* ...of so many that end the entry */
  /* What the allocator knows of the blocks that are no part of a table. */
  void *string_table;
  void *boxes[4];      /* of luaL_Buffers */
  unsigned box;        /* how many there were */
  bool after_userdata; /* the last block was a userdata */
  bool trusting;       /* the parser's vectors and our own tables are bounded by the source */
  /* The time. */
  bool timed;             /* since `start` and `looked` are set */
  int times;              /* that it may be taken */
  double spent;           /* before it was given anew, by budget_spend, in times it may be taken */
  struct timespec start;  /* of the thread's own time */
  struct timespec looked; /* at the thread's time, on the clock on the wall */
  sqlite3_stmt *probe;    /* NULL, or a statement that tells of interrupts */
  bool probed;            /* it was asked for */
  /* How it ended. */
  char exceeded[200]; /* empty, or what was used up and where */
  char place[100];    /* where memory was refused */
  bool capped;        /* the last allocation that failed was over the limit on memory... */
  bool starved;       /* ...or the machine had no more */
  bool interrupted;
};

/* A lua_Alloc; its user data is a struct budget. */
void *budget_allocate(void *budget, void *block, size_t old_size, size_t new_size);

/* The budget of a state. */
struct budget *budget_of(lua_State *lua);

/* An entry begins: nothing is used up. budget_end is called when it is over. */
void budget_begin(struct budget *budget, const struct budget_limits *limits);
void budget_end(struct budget *budget);

/* The time anew. The owner zeroes `spent` when what then begins is something else. */
void budget_spend(struct budget *budget);

/* Instructions and bytes anew, and the time if that is asked for. Raises an error if the time is used up. */
void budget_renew(lua_State *lua, bool time);

/* A block of that size is about to be worked on: the time is looked at as often as it asks for. */
void budget_expect(struct budget *budget, size_t largest);

/* Takes n instructions for work that a C function is about to do. budget_charge raises the error; budget_take
** only returns false, for callers that must come to their end first. */
void budget_charge(lua_State *lua, lua_Unsigned n);
bool budget_take(struct budget *budget, lua_Unsigned n);

/* Looks at the time and at interrupts; false if the entry must end. */
bool budget_look(struct budget *budget);

/* Raises the error of an exceeded budget. */
int budget_raise(lua_State *lua);

/* lua_newuserdatauv for what has a block of its own: that it is not taken for a buffer of Lua's library. */
void *budget_userdata(lua_State *lua, size_t size);

/* Memory within the limit that is not Lua's, for libraries that allocate. */
void *budget_malloc(size_t size, void *budget);
void budget_free(void *block, void *budget);

/* Writes "ladder.lua:12: " into place, the line of the policy that is running or that called what is running;
** an empty text if there is none. Allocates nothing. */
void budget_place(lua_State *lua, char *place, size_t size);

#endif
