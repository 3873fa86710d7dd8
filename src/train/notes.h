/** What is odd about labelled rows, or the figures of what was learned from them, in a line each. */
#ifndef SL_TRAIN_NOTES_H
#define SL_TRAIN_NOTES_H

#include "train/training.h"

/* Tells what is odd about the rows. Error: NOMEM. */
enum slant_status sl_note_rows(const struct sl_rows *rows, slant_note *note, void *user,
                               struct slant_error *err);
/* Tells where a head is hardly better than guessing. */
void sl_note_figures(const struct sl_figures *f, const char *head, slant_note *note, void *user);

#endif
