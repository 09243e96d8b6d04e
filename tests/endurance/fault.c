/*
** fault.c: ends a program at its Nth step, where a step is whatever outlives it: a write into the database or its WAL, a sync, a change
** of a length, a removal, a line on standard output.
**
**     FAULT_AT=17 LD_PRELOAD=fault.so decorum run bot.lua
**
** FAULT_AT     at which step; 0 or left out: never
** FAULT_MODE   kill: as by kill -9, half of the step's bytes written. lose: as by a power cut, all that was written since the last
**              sync of the file is lost; some: each of these writes is lost or not, by FAULT_SEED
** FAULT_COUNT  a file into which the number of steps is written at a good end
**
** Only files with "chat.db" in their name count, but not the shared memory, which does not outlive anything. The exit status is 137.
**
** HOW IT WORKS. LD_PRELOAD puts these functions before those of the C library. Before each write what stood there is kept in a list, which
** a sync empties; what is lost is written back, the newest first.
*/
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES_MOST = 1024, WRITES_MOST = 65536 };

struct unsynced {
  int fd;
  off_t offset, size_before;
  size_t length, old_length;
  char *old;
};

static bool is_database[FILES_MOST];
static struct unsynced writes[WRITES_MOST];
static int write_count;
static long step_count, fault_at = -1;

static long fault_number(const char *name) {
  const char *text = getenv(name);
  return text ? strtol(text, NULL, 10) : 0;
}

static bool fault_counts(int fd) {
  return fd >= 0 && fd < FILES_MOST && is_database[fd];
}

/* What was written and not synced is lost, all of it or some. */
static void fault_lose(bool is_all) {
  srand((unsigned)fault_number("FAULT_SEED"));
  for (int i = write_count - 1; i >= 0; i--) {
    struct unsynced *one = &writes[i];
    if (!is_all && rand() % 2) continue;
    if (one->old_length > 0) syscall(SYS_pwrite64, one->fd, one->old, one->old_length, one->offset);
    if (is_all) {
      syscall(SYS_ftruncate, one->fd, one->size_before);
    } else if (one->old_length < one->length) {
      char *zeros = calloc(1, one->length - one->old_length);
      if (zeros) {
        syscall(SYS_pwrite64, one->fd, zeros, one->length - one->old_length,
            one->offset + (off_t)one->old_length);
      }
      free(zeros);
    }
  }
}

static void fault_end(void) {
  const char *mode = getenv("FAULT_MODE");
  if (mode && strcmp(mode, "kill") != 0) fault_lose(strcmp(mode, "lose") == 0);
  syscall(SYS_exit_group, 137);
}

/* Is it the step at which it ends? */
static bool fault_is_now(void) {
  if (fault_at < 0) fault_at = fault_number("FAULT_AT");
  return ++step_count == fault_at;
}

static void fault_step(void) {
  if (fault_is_now()) fault_end();
}

static void fault_remember(int fd, off_t offset, size_t length) {
  struct stat about;
  if (write_count == WRITES_MOST || fstat(fd, &about) != 0) abort();
  char *old = malloc(length ? length : 1);
  if (!old) abort();
  ssize_t there = pread(fd, old, length, offset);
  writes[write_count++] = (struct unsynced){.fd = fd,
      .offset = offset,
      .size_before = about.st_size,
      .length = length,
      .old_length = there > 0 ? (size_t)there : 0,
      .old = old};
}

static void fault_synced(int fd) {
  int kept = 0;
  for (int i = 0; i < write_count; i++) {
    if (writes[i].fd == fd) {
      free(writes[i].old);
    } else {
      writes[kept++] = writes[i];
    }
  }
  write_count = kept;
}

static void fault_opened(int fd, const char *path) {
  if (fd >= 0 && fd < FILES_MOST) {
    is_database[fd] = strstr(path, "chat.db") && !strstr(path, "-shm");
  }
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = flags & O_CREAT ? va_arg(more, int) : 0;
  va_end(more);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  fault_opened(fd, path);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = flags & O_CREAT ? va_arg(more, int) : 0;
  va_end(more);
  return open64(path, flags, mode);
}

int close(int fd) {
  if (fault_counts(fd)) {
    fault_synced(fd); /* at the end alone, after a checkpoint */
    is_database[fd] = false;
  }
  return (int)syscall(SYS_close, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
  if (fault_counts(fd)) {
    fault_remember(fd, offset, length);
    if (fault_is_now()) {
      syscall(SYS_pwrite64, fd, bytes, length / 2, offset);
      fault_end();
    }
  }
  return syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return pwrite64(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (fd == 1 || fault_counts(fd)) fault_step();
  return syscall(SYS_write, fd, bytes, length);
}

int ftruncate64(int fd, off_t size) {
  if (fault_counts(fd)) {
    struct stat about;
    if (fstat(fd, &about) == 0 && about.st_size > size) {
      fault_remember(fd, size, (size_t)(about.st_size - size));
    }
    fault_step();
  }
  return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size) {
  return ftruncate64(fd, size);
}

static int fault_sync(int fd, long call) {
  if (fault_counts(fd)) fault_step();
  int status = (int)syscall(call, fd);
  if (fault_counts(fd)) fault_synced(fd);
  return status;
}

int fsync(int fd) {
  return fault_sync(fd, SYS_fsync);
}

int fdatasync(int fd) {
  return fault_sync(fd, SYS_fdatasync);
}

int unlink(const char *path) {
  if (strstr(path, "chat.db")) fault_step();
  return (int)syscall(SYS_unlink, path);
}

__attribute__((destructor)) static void fault_tell(void) {
  const char *path = getenv("FAULT_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) {
    fprintf(file, "%ld\n", step_count);
    fclose(file);
  }
}
