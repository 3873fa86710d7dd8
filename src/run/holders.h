/** Who holds what a sentence says: attributions of an article, cut to its sentences and scored apart
 *  from what stands around them. One for each worker. */
#ifndef SL_RUN_HOLDERS_H
#define SL_RUN_HOLDERS_H

#include "input/aliases.h"
#include "input/scored.h"
#include "judge/session.h"
#include "report/sentence_writer.h"

struct sl_holders;

/* session is the one that scores the articles: it scores statements too, and what it knows of words serves
 * both. aliases: see struct slant_input. Both must outlive *out. */
enum slant_status sl_holders_new(struct slant_session *session, const struct slant_aliases *aliases,
                                 struct sl_holders **out, struct slant_error *err);
void sl_holders_free(struct sl_holders *h);
/* The statements in sentence s of article a, in the order of their cues; reads the article when s is
 * its first sentence, or the line when it is one. *out is borrowed until the next call; its texts lie
 * in the article or the aliases, or last as long. Errors: NOMEM. */
enum slant_status sl_holders_of(struct sl_holders *h, const struct sl_article *a,
                                const struct slant_sentence *s, const struct sl_statement **out,
                                size_t *n, struct slant_error *err);
/* That sentence as who says it lets it be read: where more than half of it is content of the target's
 * own people, its probabilities take into account how those speak, as its statements' do; else s
 * itself. Borrowed until the next call of either. *of_target: the name that says so, or p NULL. */
const struct slant_sentence *sl_holders_sentence(struct sl_holders *h,
                                                 const struct slant_sentence *s,
                                                 struct sl_text *of_target);
/* Statements since the last call whose speaker the aliases name. */
uint64_t sl_holders_joined(struct sl_holders *h);
/* "of_target", "holder" and "holders" into the line of a sentence that stands at the end of b, whole. */
void sl_write_holders_json(struct sl_buf *b, const struct sl_phrases *p, const struct sl_article *a,
                           struct sl_text of_target, const struct sl_statement *statement,
                           size_t n);

#endif
