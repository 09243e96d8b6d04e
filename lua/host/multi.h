/*
** multi.h: what multi.c (many transfers, many descriptors, one wait) and transfer.c (one transfer or
** connection) know of each other. Nobody else includes it.
**
** Either may be collected first, lua_close included: a multi that goes ends its transfers, a transfer that
** goes leaves its multi, and each forgets the other.
*/
#ifndef DECORUM_MULTI_H
#define DECORUM_MULTI_H

#include <curl/curl.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

#define RECEIVE_MOST 65536 /* bytes that one transfer:receive() gives at most */

struct transfer;

struct multi {
  CURLM *curl;                 /* NULL once closed */
  struct transfer *first;      /* those in it, in a list */
  lua_Integer last_id;         /* of transfers: counted, never used again */
  unsigned unfinished;         /* transfers that libcurl still works on */
  struct curl_waitfd *watched; /* descriptors to wait for */
  unsigned watched_count, watched_room;
  unsigned *place; /* place[fd] - 1 is where fd stands in watched; 0: it does not */
  int place_room;
  char buffer[RECEIVE_MOST]; /* what is received passes through here */
};

/* The multi at `index`; an error if it is closed. */
struct multi *multi_check(lua_State *lua, int index);

/* No longer waits for the descriptor. */
void multi_forget(struct multi *multi, int fd);

/* CURLOPT_CLOSESOCKETFUNCTION: libcurl closes a socket, maybe beneath a transfer that Lua still holds. */
int multi_close_socket(void *multi, curl_socket_t socket);

/* multi:request(options), multi:connect(options): see transfer.c */
int transfer_request(lua_State *lua);
int transfer_connect(lua_State *lua);

/* libcurl is done with it, with this result. Returns its id. */
lua_Integer transfer_finish(CURL *easy, CURLcode result);

/* Takes the transfer out of its multi and frees all but the userdata. */
void transfer_end(struct transfer *transfer);

/* The socket is closed: whose it was will hear "closed". */
void transfer_lose_socket(struct multi *multi, curl_socket_t socket);

/* Makes the metatable of transfers. */
void transfer_class(lua_State *lua);

#endif
