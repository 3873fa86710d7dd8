/** What is wrong with a slant_input as such: told before anything is read or written. */
#ifndef SL_INPUT_INPUT_H
#define SL_INPUT_INPUT_H

#include "base/status.h"

/* Errors: ARG, LIMIT. */
enum slant_status sl_input_check(const struct slant_input *in, struct slant_error *err);
/* The same, and that articles are what it holds, not scored lines. */
enum slant_status sl_input_articles(const struct slant_input *in, struct slant_error *err);
/* The same as the first, and that it names files of labelled rows. */
enum slant_status sl_input_rows(const struct slant_input *in, struct slant_error *err);

#endif
