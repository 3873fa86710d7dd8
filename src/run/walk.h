/** The sentences of every record of a chunk, through a session. */
#ifndef SL_RUN_WALK_H
#define SL_RUN_WALK_H

#include "judge/session.h"
#include "run/pipeline.h"

/* What a command does with each sentence, with each record that cannot be read (s NULL, a->error
 * set), and with each article that has no sentence (both NULL). */
typedef enum slant_status sl_walk_step(void *user, struct slant_session *session,
                                       const struct sl_article *a, const struct slant_sentence *s,
                                       struct slant_error *err);
/* target: for records that name none. Adds to slot->counts and
 * targeted. */
enum slant_status sl_walk(struct slant_session *session, struct sl_slot *slot,
                          const struct slant_target *target, sl_walk_step *step, void *user,
                          struct slant_error *err);

/* Worker steps that are a session over user, which starts with the model. */
enum slant_status sl_session_worker(void *user, void **worker, struct slant_error *err);
void sl_session_worker_free(void *worker);

#endif
