/** Files: read whole, and written whole or not at all. */
#ifndef SL_BASE_FILE_H
#define SL_BASE_FILE_H

#include "base/status.h"

/* What people call the file: path, or "standard input" for "-". */
const char *sl_file_shown(const char *path);
/* Opens for reading; "-" is standard input (a duplicate, so that closing it is harmless).
 * Refuses a folder. */
enum slant_status sl_file_open(const char *path, int *fd, struct slant_error *err);
/* One read, repeated after EINTR; *got 0 at the end. */
enum slant_status sl_file_read_some(int fd, const char *path, void *buf, size_t cap, size_t *got,
                                    struct slant_error *err);
#define SL_FILE_ZEROS 2048
/* The whole file into a new block of sl_large's with SL_FILE_ZEROS zero bytes behind, at most limit
 * bytes. */
enum slant_status sl_file_read(const char *path, size_t limit, char **bytes, size_t *len,
                               struct slant_error *err);
/* All of bytes to fd; EINTR and short writes are met. 0, or an errno. */
int sl_file_write_all(int fd, const void *bytes, size_t len);
/* path then holds the old content or all of the new. */
enum slant_status sl_file_replace(const char *path, const void *bytes, size_t len,
                                  struct slant_error *err);

#endif
