/** What the sections of a model file hold. */
#ifndef SL_MODEL_SECTIONS_H
#define SL_MODEL_SECTIONS_H

#include "model/bundle.h"
#include "model/cursor.h"
#include "model/model.h"

/* Reads and checks one section, those before it in enum sl_section being read. False where it is not as
 * bundle.h says, or memory is short: then *nomem is set. */
bool sl_read_section(struct sl_cursor *c, struct slant_model *m, enum sl_section section,
                     bool *nomem);

#endif
