/*
** multi.c: libcurl's multi interface for Lua: many transfers and descriptors, one place to wait.
**
**     local multi = require("host.multi").new()
**     local transfer = multi:request { url = "http://example.org/" }  -- or multi:connect: see transfer.c
**     transfer:id()                    -- 1: by which perform tells it
**     multi:watch(fd, true, false)     -- wait until fd can be read; (fd, false, false): no longer
**     local finished, ready = {}, {}
**     multi:perform(finished)          -- 1, and finished = { 1 }: libcurl went on with what it can do now
**     multi:poll(0.5, ready)           -- 1, and ready = { fd, 1 }: 1 can be read, 2 be written, 3 both.
**                                         0 after half a second without anything; 1e9 is as good as for ever
**     multi:count()                    -- transfers that are not finished, descriptors that are watched
**     multi:close()                    -- with all that is in it
**
** A descriptor that poll told is no longer watched for that. A hang-up or an error counts as whatever was
** watched for, and so does a descriptor that is not open: the next read or write says what is wrong.
** host.loop is what makes use of this; everything else uses host.loop.
**
** HOW IT WORKS: libcurl drives its transfers in curl_multi_perform; curl_multi_poll waits for their
** sockets, their timers, and the descriptors here. It does not watch the sockets of connections made with
** CURLOPT_CONNECT_ONLY: those are watched as descriptors. No callback from libcurl calls Lua.
*/
#include "host.h"
#include "multi.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MULTI "decorum.multi"
#define DESCRIPTOR_MOST                                                                            \
  1048576 /* no descriptor of ours is above: Linux's own limit unless raised */

enum { READ = 1, WRITE = 2 };

struct multi *multi_check(lua_State *lua, int index) {
  struct multi *multi = luaL_checkudata(lua, index, MULTI);
  if (multi->curl == NULL) luaL_error(lua, "the multi is closed");
  return multi;
}

static void multi_must(lua_State *lua, CURLMcode status) {
  if (status != CURLM_OK) luaL_error(lua, "libcurl: %s", curl_multi_strerror(status));
}

static int multi_new(lua_State *lua) {
  struct multi *multi = lua_newuserdatauv(lua, sizeof *multi, 0);
  memset(multi, 0, offsetof(struct multi, buffer));
  luaL_setmetatable(lua, MULTI);
  multi->curl = curl_multi_init();
  if (multi->curl == NULL) return luaL_error(lua, "out of memory");
  return 1;
}

static int multi_close(lua_State *lua) {
  struct multi *multi = luaL_checkudata(lua, 1, MULTI);
  while (multi->first) transfer_end(multi->first);
  if (multi->curl) curl_multi_cleanup(multi->curl); /* closes what it keeps for later requests */
  multi->curl = NULL;
  free(multi->watched);
  free(multi->place);
  multi->watched = NULL;
  multi->place = NULL;
  multi->watched_count = multi->watched_room = 0;
  multi->place_room = 0;
  return 0;
}

void multi_forget(struct multi *multi, int fd) {
  if (fd < 0 || fd >= multi->place_room || multi->place[fd] == 0) return;
  unsigned at = multi->place[fd] - 1;
  multi->place[fd] = 0;
  multi->watched_count--;
  if (at == multi->watched_count) return;
  multi->watched[at] = multi->watched[multi->watched_count];
  multi->place[multi->watched[at].fd] = at + 1;
}

int multi_close_socket(void *multi, curl_socket_t socket) {
  transfer_lose_socket(multi, socket);
  multi_forget(multi, socket);
  return close(socket);
}

/* Makes room for one more descriptor; false without memory. */
static bool multi_reserve(struct multi *multi, int fd) {
  if (fd >= multi->place_room) {
    int room = multi->place_room ? multi->place_room : 64;
    while (room <= fd) room *= 2;
    unsigned *place = realloc(multi->place, (size_t)room * sizeof *place);
    if (place == NULL) return false;
    memset(place + multi->place_room, 0, (size_t)(room - multi->place_room) * sizeof *place);
    multi->place = place;
    multi->place_room = room;
  }
  if (multi->watched_count == multi->watched_room) {
    unsigned room = multi->watched_room ? 2 * multi->watched_room : 16;
    struct curl_waitfd *watched = realloc(multi->watched, room * sizeof *watched);
    if (watched == NULL) return false;
    multi->watched = watched;
    multi->watched_room = room;
  }
  return true;
}

static int multi_watch(lua_State *lua) {
  struct multi *multi = multi_check(lua, 1);
  lua_Integer fd = luaL_checkinteger(lua, 2);
  luaL_argcheck(lua, fd >= 0 && fd < DESCRIPTOR_MOST, 2, "must be a descriptor");
  int events = (lua_toboolean(lua, 3) ? CURL_WAIT_POLLIN : 0) |
               (lua_toboolean(lua, 4) ? CURL_WAIT_POLLOUT : 0);
  if (events == 0) {
    multi_forget(multi, (int)fd);
    return 0;
  }
  if (!multi_reserve(multi, (int)fd)) return luaL_error(lua, "out of memory");
  if (multi->place[fd] == 0) multi->place[fd] = ++multi->watched_count;
  struct curl_waitfd *entry = &multi->watched[multi->place[fd] - 1];
  entry->fd = (curl_socket_t)fd;
  entry->events = (short)events;
  entry->revents = 0;
  return 0;
}

/* With nothing unfinished there is nothing to do, unless a timer of libcurl's has run out: those are only
** cleared by curl_multi_perform, and until then curl_multi_poll does not wait. */
static bool multi_is_idle(lua_State *lua, struct multi *multi) {
  long wait = -1;
  if (multi->unfinished > 0) return false;
  multi_must(lua, curl_multi_timeout(multi->curl, &wait));
  return wait != 0;
}

static int multi_perform(lua_State *lua) {
  struct multi *multi = multi_check(lua, 1);
  luaL_checktype(lua, 2, LUA_TTABLE);
  int running = 0, left = 0;
  lua_Integer count = 0;
  if (!multi_is_idle(lua, multi)) {
    multi_must(lua, curl_multi_perform(multi->curl, &running));
    const CURLMsg *message;
    while ((message = curl_multi_info_read(multi->curl, &left)) != NULL) {
      if (message->msg != CURLMSG_DONE) continue;
      /* The message is gone as soon as Lua may collect a transfer, which storing the id may make it do. */
      lua_Integer id = transfer_finish(message->easy_handle, message->data.result);
      multi->unfinished--;
      lua_pushinteger(lua, id);
      lua_rawseti(lua, 2, ++count);
    }
  }
  lua_pushinteger(lua, count);
  return 1;
}

/* What the descriptor is ready for, of what it is watched for. */
static int multi_readiness(const struct curl_waitfd *entry, bool is_open) {
  int wanted = entry->events, got = entry->revents;
  if (!is_open || (got & ~wanted) != 0) got = wanted; /* a hang-up or an error */
  return (got & CURL_WAIT_POLLIN ? READ : 0) | (got & CURL_WAIT_POLLOUT ? WRITE : 0);
}

/* Fills the table at index 3 with what is ready, which is no longer watched. poll() answers at once for a
** descriptor that is closed, but libcurl does not pass that on: `is_doubtful` says to look. */
static lua_Integer multi_collect(lua_State *lua, struct multi *multi, bool is_doubtful) {
  lua_Integer count = 0;
  for (unsigned i = multi->watched_count;
       i-- > 0;) { /* downwards: the last takes the place of one that goes */
    if (i >= multi->watched_count)
      continue; /* storing collected garbage, and that closed sockets */
    struct curl_waitfd *entry = &multi->watched[i];
    int fd = entry->fd;
    bool is_open = !is_doubtful || fcntl(fd, F_GETFD) >= 0 || errno != EBADF;
    int ready = multi_readiness(entry, is_open);
    if (ready == 0) continue;
    entry->events = (short)(entry->events & ~((ready & READ ? CURL_WAIT_POLLIN : 0) |
                                                (ready & WRITE ? CURL_WAIT_POLLOUT : 0)));
    entry->revents = 0;
    if (entry->events == 0) multi_forget(multi, fd);
    lua_pushinteger(lua, fd);
    lua_rawseti(lua, 3, 2 * count + 1);
    lua_pushinteger(lua, ready);
    lua_rawseti(lua, 3, 2 * count + 2);
    count++;
  }
  return count;
}

static int multi_poll(lua_State *lua) {
  struct multi *multi = multi_check(lua, 1);
  lua_Number seconds = luaL_checknumber(lua, 2);
  luaL_checktype(lua, 3, LUA_TTABLE);
  luaL_argcheck(lua, seconds >= 0, 2, "must be 0 or more seconds");
  lua_Number ms = ceil(seconds * 1000); /* not before the time: a timer would be found not due */
  int ready = 0;
  for (unsigned i = 0; i < multi->watched_count; i++) multi->watched[i].revents = 0;
  multi_must(lua, curl_multi_poll(multi->curl, multi->watched, multi->watched_count,
                      ms < INT_MAX ? (int)ms : INT_MAX, &ready));
  lua_Integer count = ready > 0 ? multi_collect(lua, multi, false) : 0;
  if (ready > 0 && count == 0) count = multi_collect(lua, multi, true);
  lua_pushinteger(lua, count);
  return 1;
}

static int multi_count(lua_State *lua) {
  struct multi *multi = multi_check(lua, 1);
  lua_pushinteger(lua, multi->unfinished);
  lua_pushinteger(lua, multi->watched_count);
  return 2;
}

static void multi_catch_pipe(int number) {
  (void)number;
}

/* A write to a pipe or connection that nobody reads is an error value, and does not end the process. Caught
** rather than ignored: what is ignored stays so in the programs that this one starts. */
static void multi_survive_pipes(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  action.sa_handler = multi_catch_pipe;
  action.sa_flags = SA_RESTART;
  if (sigaction(SIGPIPE, NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
    sigaction(SIGPIPE, &action, NULL);
  }
}

int luaopen_host_multi(lua_State *lua) {
  static const luaL_Reg methods[] = {{"request", transfer_request}, {"connect", transfer_connect},
      {"watch", multi_watch}, {"perform", multi_perform}, {"poll", multi_poll},
      {"count", multi_count}, {"close", multi_close}, {"__gc", multi_close},
      {"__close", multi_close}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"new", multi_new}, {NULL, NULL}};
  CURLcode status = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (status != CURLE_OK) return luaL_error(lua, "libcurl: %s", curl_easy_strerror(status));
  multi_survive_pipes();
  luaL_newmetatable(lua, MULTI);
  luaL_setfuncs(lua, methods, 0);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -2, "__index");
  transfer_class(lua);
  luaL_newlib(lua, functions);
  return 1;
}
