/** The terms of a score, for programs and for people. */
#ifndef SL_REPORT_TERMS_WRITER_H
#define SL_REPORT_TERMS_WRITER_H

#include "input/articles.h"
#include "model/model.h"

/* The article's name, as a heading of its sentences for people. */
void sl_write_article(struct sl_buf *b, const struct sl_article *a,
                      const struct slant_explain_options *opt);
enum slant_status sl_write_terms(struct sl_buf *b, struct slant_session *session,
                                 const struct slant_model *m, const struct sl_article *a,
                                 const struct slant_sentence *s,
                                 const struct slant_explain_options *opt, struct slant_error *err);

#endif
