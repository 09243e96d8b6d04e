/*
** assigns.c: does a compiled script assign a variable of an enclosing function? See assigns.h.
**
** Only such a script can keep something in a variable from one decision to the next; most do not, and
** need not be watched. The answer stands in the instructions: OP_SETUPVAL is the only one that does it. They
** are read from lua_dump's output, in the format of Lua 5.4 (ldump.c). Whoever dumps otherwise than that
** does not come out at the last byte, and the answer is yes.
*/
#include "assigns.h"
#include <string.h>
#include "api.h"

#define ASSIGNS_HEADER 32 /* bytes before the first function */
#define ASSIGNS_OPCODE(instruction) ((instruction)&0x7F)
#define ASSIGNS_SETUPVAL 10
#define ASSIGNS_DEPTH 250 /* of functions in functions; the parser allows less */

enum {
  CONSTANT_NIL = 0x00,
  CONSTANT_FALSE = 0x01,
  CONSTANT_TRUE = 0x11,
  CONSTANT_INTEGER = 0x03,
  CONSTANT_FLOAT = 0x13,
  CONSTANT_SHORT = 0x04,
  CONSTANT_LONG = 0x14
};

struct assigns {
  unsigned char *bytes;
  size_t size;
  size_t capacity;
  size_t at;
  bool found;
  bool failed; /* the bytes are not as they should be */
};

static int assigns_write(lua_State *lua, const void *bytes, size_t size, void *pointer) {
  struct assigns *dump = pointer;
  (void)lua;
  if (size > dump->capacity - dump->size) {
    size_t capacity = 2 * (dump->size + size) + 1024;
    unsigned char *grown = sqlite3_realloc64(dump->bytes, capacity);
    if (grown == NULL) return 1;
    dump->bytes = grown;
    dump->capacity = capacity;
  }
  if (size > 0) memcpy(dump->bytes + dump->size, bytes, size);
  dump->size += size;
  return 0;
}

static void assigns_skip(struct assigns *dump, size_t size) {
  if (dump->failed || size > dump->size - dump->at) {
    dump->failed = true;
  } else {
    dump->at += size;
  }
}

/* Seven bits a byte, the highest first; the last has its top bit set. */
static size_t assigns_number(struct assigns *dump) {
  size_t number = 0;
  while (!dump->failed && dump->at < dump->size && number < (size_t)1 << 48) {
    unsigned char byte = dump->bytes[dump->at++];
    number = number << 7 | (byte & 0x7F);
    if (byte & 0x80) return number;
  }
  dump->failed = true;
  return 0;
}

static void assigns_skip_text(struct assigns *dump) {
  size_t size = assigns_number(dump);
  if (size > 0) assigns_skip(dump, size - 1);
}

static void assigns_read_constant(struct assigns *dump) {
  size_t at = dump->at;
  assigns_skip(dump, 1);
  if (dump->failed) return;
  switch (dump->bytes[at]) {
  case CONSTANT_NIL:
  case CONSTANT_FALSE:
  case CONSTANT_TRUE:
    break;
  case CONSTANT_INTEGER:
    assigns_skip(dump, sizeof(lua_Integer));
    break;
  case CONSTANT_FLOAT:
    assigns_skip(dump, sizeof(lua_Number));
    break;
  case CONSTANT_SHORT:
  case CONSTANT_LONG:
    assigns_skip_text(dump);
    break;
  default:
    dump->failed = true;
  }
}

static void assigns_read_function(struct assigns *dump, int depth) {
  if (depth > ASSIGNS_DEPTH) dump->failed = true;
  assigns_skip_text(dump); /* the source */
  assigns_number(dump);    /* its first and last line */
  assigns_number(dump);
  assigns_skip(dump, 3); /* parameters, varargs, stack */
  for (size_t n = assigns_number(dump); n > 0 && !dump->failed; n--) {
    uint32_t instruction = 0;
    if (dump->size - dump->at >= sizeof instruction) {
      memcpy(&instruction, dump->bytes + dump->at, sizeof instruction);
    }
    if (ASSIGNS_OPCODE(instruction) == ASSIGNS_SETUPVAL) dump->found = true;
    assigns_skip(dump, sizeof instruction);
  }
  for (size_t n = assigns_number(dump); n > 0 && !dump->failed; n--) assigns_read_constant(dump);
  assigns_skip(dump, 3 * assigns_number(dump)); /* upvalues */
  for (size_t n = assigns_number(dump); n > 0 && !dump->failed; n--) {
    assigns_read_function(dump, depth + 1);
  }
  for (int i = 0; i < 4; i++) { /* what a debugger wants to know: nothing of it is there */
    if (assigns_number(dump) != 0) dump->failed = true;
  }
}

bool assigns_upvalues(lua_State *lua) {
  struct assigns dump = {0};
  if (lua_dump(lua, assigns_write, &dump, 1) == 0) {
    assigns_skip(&dump, ASSIGNS_HEADER);
    assigns_read_function(&dump, 0);
    if (dump.at != dump.size) dump.failed = true;
  } else {
    dump.failed = true;
  }
  sqlite3_free(dump.bytes);
  return dump.found || dump.failed;
}
