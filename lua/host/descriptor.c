/*
** descriptor.c: reading and writing what is there already (standard input and output, pipes, sockets, files)
** without ever waiting, and without O_NONBLOCK: others who share the descriptor would get that too.
**
**     local descriptor = require "host.descriptor"
**     descriptor.read(0)                 -- 1 to 65536 bytes; nil, "again" | "closed" | why
**     descriptor.write(1, bytes, from)   -- how many bytes were taken, from byte `from`; nil, "again" | "closed" | why
**     descriptor.pipe()                  -- two descriptors: what is written to the second is read from the first
**     descriptor.close(fd)               -- 0, 1 and 2 lead to /dev/null from then on: the next file opened
**                                           would become the standard output
**
** A pipe that poll says can be written takes 4096 bytes (PIPE_BUF) at least, so that is the most that is written
** at once; likewise for a terminal, which may take its time when it is stopped. A socket can say itself that it
** must not wait.
*/
#include "host.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_MOST 65536
#define SEND_MOST 65536

static int descriptor_check(lua_State *lua) {
  lua_Integer fd = luaL_checkinteger(lua, 1);
  luaL_argcheck(lua, fd >= 0 && fd <= INT_MAX, 1, "must be a descriptor");
  return (int)fd;
}

static int descriptor_fail(lua_State *lua, int error) {
  bool is_again = error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
  bool is_closed = error == EPIPE || error == EIO; /* EIO: a terminal whose other end is gone */
  lua_pushnil(lua);
  lua_pushstring(lua, is_again              ? "again"
                      : is_closed           ? "closed"
                      : error == ECONNRESET ? "reset"
                                            : strerror(error));
  return 2;
}

static bool descriptor_is_socket(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
}

static bool descriptor_is_ready(int fd, short events) {
  struct pollfd entry = {.fd = fd, .events = events};
  return poll(&entry, 1, 0) > 0; /* an error counts: what is done next tells it */
}

static int descriptor_read(lua_State *lua) {
  static char buffer[READ_MOST];
  int fd = descriptor_check(lua);
  if (!descriptor_is_ready(fd, POLLIN)) return descriptor_fail(lua, EAGAIN);
  ssize_t count = read(fd, buffer, sizeof buffer);
  if (count < 0) return descriptor_fail(lua, errno);
  if (count == 0) return descriptor_fail(lua, EPIPE);
  lua_pushlstring(lua, buffer, (size_t)count);
  return 1;
}

static int descriptor_write(lua_State *lua) {
  int fd = descriptor_check(lua);
  size_t length;
  const char *bytes = luaL_checklstring(lua, 2, &length);
  lua_Integer from = luaL_checkinteger(lua, 3);
  luaL_argcheck(lua, from >= 1 && (size_t)from <= length, 3, "must be within the bytes");
  bytes += from - 1;
  length -= (size_t)from - 1;
  ssize_t count;
  if (descriptor_is_socket(fd)) {
    count = send(fd, bytes, length < SEND_MOST ? length : SEND_MOST, MSG_DONTWAIT | MSG_NOSIGNAL);
  } else if (descriptor_is_ready(fd, POLLOUT)) {
    count = write(fd, bytes, length < PIPE_BUF ? length : PIPE_BUF);
  } else {
    return descriptor_fail(lua, EAGAIN);
  }
  if (count < 0) return descriptor_fail(lua, errno);
  lua_pushinteger(lua, count);
  return 1;
}

static int descriptor_pipe(lua_State *lua) {
  int ends[2];
  if (pipe(ends) != 0) return luaL_error(lua, "no pipe: %s", strerror(errno));
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  lua_pushinteger(lua, ends[0]);
  lua_pushinteger(lua, ends[1]);
  return 2;
}

static int descriptor_close(lua_State *lua) {
  int fd = descriptor_check(lua);
  if (fd > STDERR_FILENO) {
    close(fd);
    return 0;
  }
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing < 0) return luaL_error(lua, "/dev/null: %s", strerror(errno));
  dup2(nothing, fd);
  if (nothing > STDERR_FILENO) close(nothing);
  return 0;
}

int luaopen_host_descriptor(lua_State *lua) {
  static const luaL_Reg functions[] = {{"read", descriptor_read}, {"write", descriptor_write},
      {"pipe", descriptor_pipe}, {"close", descriptor_close}, {NULL, NULL}};
  luaL_newlib(lua, functions);
  return 1;
}
