/*
** transfer.c: an HTTP request, or a connection, in a multi (multi.c).
**
**     local transfer = multi:request { url = "https://example.org/x", method = "POST", body = "a=1",
**       headers = { "Content-Type: text/plain" }, connect_timeout_ms = 5000, timeout_ms = 60000,
**       most_bytes = 1048576 }
**     local transfer = multi:connect { url = "https://irc.example.org:6697", connect_timeout_ms = 15000,
**       connect_to = "irc.example.org:6697:127.0.0.1:6697" }    -- the name to verify : where to go
**     -- both: ca_file, verify = false, certificate, key, proxy
**
**     transfer:id()                 -- how multi:perform names it
**     transfer:outcome()            -- true; nil, kind, why; false while it is unfinished
**     transfer:reply()              -- 200, "HTTP/1.1 200 OK\r\n...", "body"
**     transfer:socket()             -- the descriptor to watch; nil once it is closed
**     transfer:receive()            -- 1 to 65536 bytes; nil, "again" | "closed" | why
**     transfer:send(bytes, from)    -- how many bytes were taken, from byte `from`; nil, "again" | "closed" | why
**     transfer:close()              -- out of the multi, whatever it was doing
**
** kind: "resolve", "connect", "tls", "timed out", "reset", "too large", "other". After "again" the same
** bytes must be sent again: TLS may have encrypted them. Redirections are not followed. Headers and body
** that are too much end the transfer. Only host.net and host.http use this; they check what people give.
*/
#include "multi.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TRANSFER "decorum.transfer"
#define SEND_MOST 65536     /* bytes that one transfer:send() takes at most */
#define HEADERS_MOST 262144 /* bytes of headers */

/* Bytes that libcurl's callbacks collect, in memory of C. */
struct bytes {
  char *start;
  size_t length, room, most;
};

struct transfer {
  struct multi *multi; /* NULL once it is out of it */
  struct transfer *next, **previous;
  CURL *easy; /* NULL once closed */
  lua_Integer id;
  bool is_connection, is_finished, is_without_memory;
  bool is_head_over;             /* what comes now are trailers */
  const struct bytes *too_large; /* head or body, once it was more than it may be */
  CURLcode result;
  curl_socket_t socket; /* of a connection that stands, or CURL_SOCKET_BAD */
  struct curl_slist *headers, *connect_to;
  struct bytes head, body;
  char why[CURL_ERROR_SIZE]; /* libcurl's words */
};

static struct transfer *transfer_check(lua_State *lua) {
  return luaL_checkudata(lua, 1, TRANSFER);
}

static void bytes_free(struct bytes *bytes) {
  free(bytes->start);
  memset(bytes, 0, sizeof *bytes);
}

/* Called by libcurl, to which anything but `length` means to end the transfer. */
static size_t transfer_collect(
    struct transfer *transfer, struct bytes *bytes, const char *data, size_t length) {
  if (length == 0) return 0; /* there may be no memory yet to copy nothing to */
  if (length > bytes->most - bytes->length) {
    transfer->too_large = bytes;
    return 0;
  }
  if (bytes->length + length > bytes->room) {
    size_t room = bytes->room ? bytes->room : 4096;
    while (room < bytes->length + length) room *= 2;
    char *start = realloc(bytes->start, room);
    if (start == NULL) {
      transfer->is_without_memory = true;
      return 0;
    }
    bytes->start = start;
    bytes->room = room;
  }
  memcpy(bytes->start + bytes->length, data, length);
  bytes->length += length;
  return length;
}

static size_t transfer_on_body(char *data, size_t size, size_t count, void *client) {
  struct transfer *transfer = client;
  return transfer_collect(transfer, &transfer->body, data, size * count);
}

/* A line each. After "100 Continue" there is another status line: the last answer counts. */
static size_t transfer_on_header(char *data, size_t size, size_t count, void *client) {
  struct transfer *transfer = client;
  size_t length = size * count;
  if (length >= 5 && memcmp(data, "HTTP/", 5) == 0) {
    transfer->head.length = 0;
    transfer->is_head_over = false;
  }
  if (transfer->is_head_over) return length;
  transfer->is_head_over = length > 0 && (data[0] == '\r' || data[0] == '\n');
  return transfer_collect(transfer, &transfer->head, data, length);
}

static curl_socket_t transfer_open_socket(
    void *client, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)client;
  (void)purpose; /* SOCK_CLOEXEC: programs that this one starts have no business with it */
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void transfer_lose_socket(struct multi *multi, curl_socket_t socket) {
  for (struct transfer *transfer = multi->first; transfer; transfer = transfer->next) {
    if (transfer->socket == socket) transfer->socket = CURL_SOCKET_BAD;
  }
}

void transfer_end(struct transfer *transfer) {
  struct multi *multi = transfer->multi;
  if (multi) {
    *transfer->previous = transfer->next;
    if (transfer->next) transfer->next->previous = transfer->previous;
    if (!transfer->is_finished) multi->unfinished--;
    transfer->multi = NULL;
    multi_forget(multi, transfer->socket);
    curl_multi_remove_handle(multi->curl, transfer->easy); /* nothing to be done if it fails */
  }
  curl_easy_cleanup(transfer->easy);
  curl_slist_free_all(transfer->headers);
  curl_slist_free_all(transfer->connect_to);
  transfer->easy = NULL;
  transfer->headers = transfer->connect_to = NULL;
  transfer->socket = CURL_SOCKET_BAD;
  bytes_free(&transfer->head);
  bytes_free(&transfer->body);
}

static int transfer_close(lua_State *lua) {
  transfer_end(transfer_check(lua));
  return 0;
}

static void transfer_must(lua_State *lua, CURLcode status) {
  if (status != CURLE_OK) luaL_error(lua, "libcurl: %s", curl_easy_strerror(status));
}

#define SET(option, value) transfer_must(lua, curl_easy_setopt(transfer->easy, option, value))

/* The text of that name in the options at index 2, or NULL; it stays on the stack. */
static const char *option_text(lua_State *lua, const char *name) {
  size_t length;
  if (lua_getfield(lua, 2, name) == LUA_TNIL) return NULL;
  if (lua_type(lua, -1) != LUA_TSTRING) luaL_error(lua, "%s must be a string", name);
  const char *text = lua_tolstring(lua, -1, &length);
  if (strlen(text) != length) luaL_error(lua, "%s must not have a NUL in it", name);
  return text;
}

static long option_integer(lua_State *lua, const char *name, long otherwise) {
  if (lua_getfield(lua, 2, name) == LUA_TNIL) return otherwise;
  int is_integer;
  lua_Integer value = lua_tointegerx(lua, -1, &is_integer);
  if (!is_integer || value < 0 || value > INT_MAX) {
    luaL_error(lua, "%s must be an integer between 0 and %d", name, INT_MAX);
  }
  return (long)value;
}

static bool option_is_false(lua_State *lua, const char *name) {
  return lua_getfield(lua, 2, name) == LUA_TBOOLEAN && !lua_toboolean(lua, -1);
}

static void slist_add(lua_State *lua, struct curl_slist **list, const char *text) {
  struct curl_slist *longer = curl_slist_append(*list, text);
  if (longer == NULL) luaL_error(lua, "out of memory");
  *list = longer;
}

/* Who is trusted, and as whom one comes. A CA file is trusted alone: not the system's as well. */
static void transfer_set_tls(lua_State *lua, struct transfer *transfer) {
  const char *text;
  long is_verified = !option_is_false(lua, "verify");
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  SET(CURLOPT_SSL_VERIFYPEER, is_verified);
  SET(CURLOPT_SSL_VERIFYHOST, is_verified * 2);
  if ((text = option_text(lua, "ca_file")) != NULL) {
    SET(CURLOPT_CAINFO, text);
    SET(CURLOPT_CAPATH, NULL);
  }
  if ((text = option_text(lua, "certificate")) != NULL) SET(CURLOPT_SSLCERT, text);
  if ((text = option_text(lua, "key")) != NULL) SET(CURLOPT_SSLKEY, text);
}

/* What requests and connections have in common. */
static void transfer_set(lua_State *lua, struct transfer *transfer) {
  const char *text = option_text(lua, "url");
  if (text == NULL) luaL_error(lua, "url must be given");
  SET(CURLOPT_URL, text);
  SET(CURLOPT_PROTOCOLS_STR, "http,https");
  SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  SET(CURLOPT_PRIVATE, transfer);
  SET(CURLOPT_ERRORBUFFER, transfer->why);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_QUICK_EXIT, 1L); /* to give up on a name server that is silent does not wait for it */
  SET(CURLOPT_OPENSOCKETFUNCTION, transfer_open_socket);
  SET(CURLOPT_CLOSESOCKETFUNCTION, multi_close_socket);
  SET(CURLOPT_CONNECTTIMEOUT_MS, option_integer(lua, "connect_timeout_ms", 15000));
  transfer_set_tls(lua, transfer);
  if ((text = option_text(lua, "connect_to")) != NULL) {
    slist_add(lua, &transfer->connect_to, text);
    SET(CURLOPT_CONNECT_TO, transfer->connect_to);
  }
  if ((text = option_text(lua, "proxy")) != NULL) {
    SET(CURLOPT_PROXY, text);
    SET(CURLOPT_NOPROXY, ""); /* whatever the environment excepts */
  }
}

static void transfer_set_body(lua_State *lua, struct transfer *transfer, const char *method) {
  size_t length;
  lua_getfield(lua, 2, "body");
  const char *body = lua_tolstring(lua, -1, &length);
  if (body != NULL) {
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    SET(CURLOPT_COPYPOSTFIELDS, body);
  }
  if (strcmp(method, "HEAD") == 0) {
    SET(CURLOPT_NOBODY, 1L);
  } else {
    SET(CURLOPT_CUSTOMREQUEST, method);
  }
}

static void transfer_set_request(lua_State *lua, struct transfer *transfer) {
  const char *method = option_text(lua, "method");
  transfer_set_body(lua, transfer, method ? method : "GET");
  if (lua_getfield(lua, 2, "headers") == LUA_TTABLE) {
    for (lua_Integer i = 1; lua_rawgeti(lua, -1, i) == LUA_TSTRING; i++) {
      slist_add(lua, &transfer->headers, lua_tostring(lua, -1));
      lua_pop(lua, 1);
    }
    SET(CURLOPT_HTTPHEADER, transfer->headers);
  }
  transfer->head.most = HEADERS_MOST;
  transfer->body.most = (size_t)option_integer(lua, "most_bytes", 1048576);
  SET(CURLOPT_TIMEOUT_MS, option_integer(lua, "timeout_ms", 60000));
  SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->body.most);
  SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  SET(CURLOPT_WRITEFUNCTION, transfer_on_body);
  SET(CURLOPT_WRITEDATA, transfer);
  SET(CURLOPT_HEADERFUNCTION, transfer_on_header);
  SET(CURLOPT_HEADERDATA, transfer);
}

static void transfer_set_connection(lua_State *lua, struct transfer *transfer) {
  SET(CURLOPT_CONNECT_ONLY, 1L);
  SET(CURLOPT_FRESH_CONNECT, 1L);
  SET(CURLOPT_SSL_ENABLE_ALPN, 0L); /* the peer might choose HTTP/2, which is not spoken here */
  SET(CURLOPT_TCP_KEEPALIVE, 1L);
  SET(CURLOPT_HTTPPROXYTUNNEL, 1L);
  lua_getfield(lua, 2, "proxy");
  if (lua_isnil(lua, -1)) SET(CURLOPT_PROXY, ""); /* not the one that the environment names */
}

static int transfer_start(lua_State *lua, bool is_connection) {
  struct multi *multi = multi_check(lua, 1);
  luaL_checktype(lua, 2, LUA_TTABLE);
  lua_settop(lua, 2);
  luaL_checkstack(lua, LUA_MINSTACK, NULL);
  struct transfer *transfer = lua_newuserdatauv(lua, sizeof *transfer, 1);
  memset(transfer, 0, sizeof *transfer);
  transfer->socket = CURL_SOCKET_BAD;
  transfer->is_connection = is_connection;
  luaL_setmetatable(lua, TRANSFER);
  lua_pushvalue(lua, 1);
  lua_setiuservalue(lua, 3, 1); /* the multi lives as long as somebody holds a transfer */
  transfer->easy = curl_easy_init();
  if (transfer->easy == NULL) return luaL_error(lua, "out of memory");
  SET(CURLOPT_CLOSESOCKETDATA, multi); /* it outlives connections, which may outlive the transfer */
  transfer_set(lua, transfer);
  if (is_connection) {
    transfer_set_connection(lua, transfer);
  } else {
    transfer_set_request(lua, transfer);
  }
  CURLMcode status = curl_multi_add_handle(multi->curl, transfer->easy);
  if (status != CURLM_OK) return luaL_error(lua, "libcurl: %s", curl_multi_strerror(status));
  transfer->multi = multi;
  transfer->next = multi->first;
  transfer->previous = &multi->first;
  if (transfer->next) transfer->next->previous = &transfer->next;
  multi->first = transfer;
  multi->unfinished++;
  transfer->id = ++multi->last_id;
  lua_settop(lua, 3);
  return 1;
}

int transfer_request(lua_State *lua) {
  return transfer_start(lua, false);
}

int transfer_connect(lua_State *lua) {
  return transfer_start(lua, true);
}

/* A connection that stands. Until something is received or sent, libcurl holds it to be unused, and closes
** it when it is so for two minutes; so what has come already is received now, and kept for receive(). */
static void transfer_take_connection(struct transfer *transfer) {
  size_t count = 0;
  if (curl_easy_getinfo(transfer->easy, CURLINFO_ACTIVESOCKET, &transfer->socket) != CURLE_OK) {
    transfer->socket = CURL_SOCKET_BAD;
    return;
  }
  transfer->body.most = RECEIVE_MOST;
  if (curl_easy_recv(transfer->easy, transfer->multi->buffer, RECEIVE_MOST, &count) == CURLE_OK) {
    transfer_collect(transfer, &transfer->body, transfer->multi->buffer, count);
  } /* else there is nothing yet, or receive() will find the same */
}

lua_Integer transfer_finish(CURL *easy, CURLcode result) {
  struct transfer *transfer = NULL;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer); /* set by transfer_set: cannot fail */
  transfer->is_finished = true;
  transfer->result = result;
  if (result == CURLE_OK && transfer->is_connection) transfer_take_connection(transfer);
  if (transfer->is_without_memory) transfer->result = CURLE_OUT_OF_MEMORY;
  return transfer->id;
}

static const char *transfer_kind(const struct transfer *transfer) {
  long proxy_status = 0;
  if (transfer->too_large) return "too large";
  switch (transfer->result) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY:
    return "resolve";
  case CURLE_COULDNT_CONNECT:
  case CURLE_PROXY:
    return "connect";
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_ENGINE_NOTFOUND:
  case CURLE_SSL_ENGINE_SETFAILED:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_USE_SSL_FAILED:
  case CURLE_SSL_ENGINE_INITFAILED:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_SHUTDOWN_FAILED:
  case CURLE_SSL_CRL_BADFILE:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
  case CURLE_SSL_INVALIDCERTSTATUS:
  case CURLE_SSL_CLIENTCERT:
    return "tls";
  case CURLE_OPERATION_TIMEDOUT:
    return "timed out";
  case CURLE_RECV_ERROR: /* to libcurl, also a proxy's refusal and a chunk that is none */
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    if (strstr(transfer->why, "chunked-encoding")) return "other";
    return proxy_status >= 300 ? "connect" : "reset";
  case CURLE_GOT_NOTHING:
  case CURLE_SEND_ERROR:
  case CURLE_PARTIAL_FILE:
    return "reset";
  case CURLE_FILESIZE_EXCEEDED:
    return "too large";
  default:
    return "other";
  }
}

/* In libcurl's words, or the system's where libcurl says no more than that it did not work. */
static const char *transfer_push_why(lua_State *lua, const struct transfer *transfer) {
  long number = 0;
  if (transfer->is_without_memory) return lua_pushstring(lua, "out of memory");
  if (transfer->too_large) {
    return lua_pushfstring(lua, "more than %I bytes of %s", (LUAI_UACINT)transfer->too_large->most,
        transfer->too_large == &transfer->head ? "headers" : "body");
  }
  if (transfer->result == CURLE_COULDNT_CONNECT &&
      curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &number) == CURLE_OK && number > 0) {
    return lua_pushstring(lua, strerror((int)number));
  }
  const char *why = transfer->why[0] ? transfer->why : curl_easy_strerror(transfer->result);
  size_t length = strlen(why);
  while (length > 0 && strchr("\r\n .", why[length - 1])) length--;
  return lua_pushlstring(lua, why, length);
}

static int transfer_outcome(lua_State *lua) {
  const struct transfer *transfer = transfer_check(lua);
  if (transfer->easy == NULL) return luaL_error(lua, "the transfer is closed");
  if (!transfer->is_finished || transfer->result == CURLE_OK) {
    lua_pushboolean(lua, transfer->is_finished);
    return 1;
  }
  lua_pushnil(lua);
  lua_pushstring(lua, transfer_kind(transfer));
  transfer_push_why(lua, transfer);
  return 3;
}

static int transfer_reply(lua_State *lua) {
  const struct transfer *transfer = transfer_check(lua);
  long status = 0;
  if (transfer->easy == NULL) return luaL_error(lua, "the transfer is closed");
  transfer_must(lua, curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status));
  lua_pushinteger(lua, status);
  lua_pushlstring(lua, transfer->head.length ? transfer->head.start : "", transfer->head.length);
  lua_pushlstring(lua, transfer->body.length ? transfer->body.start : "", transfer->body.length);
  return 3;
}

static int transfer_id(lua_State *lua) {
  lua_pushinteger(lua, transfer_check(lua)->id);
  return 1;
}

static int transfer_socket(lua_State *lua) {
  const struct transfer *transfer = transfer_check(lua);
  if (transfer->socket == CURL_SOCKET_BAD) return 0;
  lua_pushinteger(lua, transfer->socket);
  return 1;
}

/* nil and what became of the connection, after a send or receive that did nothing. */
static int transfer_fail(lua_State *lua, struct transfer *transfer, CURLcode status) {
  long number = 0;
  curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &number);
  lua_pushnil(lua);
  if (status == CURLE_AGAIN) {
    lua_pushstring(lua, "again");
  } else if (strstr(transfer->why, "reset by peer") || number == ECONNRESET) {
    lua_pushstring(lua, "reset");
  } else if (number == EPIPE || strstr(transfer->why, "Broken pipe") ||
             strstr(transfer->why, "unexpected eof") || transfer->socket == CURL_SOCKET_BAD) {
    lua_pushstring(lua, "closed"); /* over TLS without a goodbye, which many leave out */
  } else {
    transfer->result = status;
    transfer_push_why(lua, transfer);
  }
  return 2;
}

/* The connection that stands, ready for libcurl's words on what happens next; NULL with nil, "closed" pushed. */
static struct transfer *transfer_begin(lua_State *lua) {
  struct transfer *transfer = transfer_check(lua);
  transfer->why[0] = '\0';
  if (transfer->easy != NULL && transfer->socket != CURL_SOCKET_BAD) return transfer;
  lua_pushnil(lua);
  lua_pushstring(lua, "closed");
  return NULL;
}

static int transfer_receive(lua_State *lua) {
  struct transfer *transfer = transfer_begin(lua);
  size_t count = 0;
  if (transfer == NULL) return 2;
  if (transfer->body.length > 0) {
    lua_pushlstring(lua, transfer->body.start, transfer->body.length);
    bytes_free(&transfer->body);
    return 1;
  }
  CURLcode status = curl_easy_recv(transfer->easy, transfer->multi->buffer, RECEIVE_MOST, &count);
  if (status != CURLE_OK) return transfer_fail(lua, transfer, status);
  if (count == 0) {
    lua_pushnil(lua);
    lua_pushstring(lua, "closed");
    return 2;
  }
  lua_pushlstring(lua, transfer->multi->buffer, count);
  return 1;
}

static int transfer_send(lua_State *lua) {
  size_t length, count = 0;
  const char *bytes = luaL_checklstring(lua, 2, &length);
  lua_Integer from = luaL_checkinteger(lua, 3);
  luaL_argcheck(lua, from >= 1 && (size_t)from <= length, 3, "must be within the bytes");
  struct transfer *transfer = transfer_begin(lua);
  if (transfer == NULL) return 2;
  size_t left = length - (size_t)from + 1;
  CURLcode status =
      curl_easy_send(transfer->easy, bytes + from - 1, left < SEND_MOST ? left : SEND_MOST, &count);
  if (status != CURLE_OK) return transfer_fail(lua, transfer, status);
  lua_pushinteger(lua, (lua_Integer)count);
  return 1;
}

void transfer_class(lua_State *lua) {
  static const luaL_Reg methods[] = {{"id", transfer_id}, {"outcome", transfer_outcome},
      {"reply", transfer_reply}, {"socket", transfer_socket}, {"receive", transfer_receive},
      {"send", transfer_send}, {"close", transfer_close}, {"__gc", transfer_close},
      {"__close", transfer_close}, {NULL, NULL}};
  luaL_newmetatable(lua, TRANSFER);
  luaL_setfuncs(lua, methods, 0);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -2, "__index");
  lua_pop(lua, 1);
}
