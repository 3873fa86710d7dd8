/** Pieces of the page that several of its parts share. */
#ifndef SL_REPORT_PAGE_H
#define SL_REPORT_PAGE_H

#include "report/gather.h"

/* The stand whose name the verdict is; unknown for any other. */
enum sl_stand sl_page_stand(const struct sl_layout *l, const char *verdict);
/* Classes of the page's style. */
const char *sl_page_class(const struct sl_layout *l, enum sl_stand stand);
/* A sign that points to the verdict's side, so that colour is not the only one. */
const char *sl_page_sign(const struct sl_layout *l, enum sl_stand stand);

/* Who is for and who against: the section on all articles, and the table inside one. Nothing where
 * there are no statements. */
void sl_page_speakers(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c);
void sl_page_speakers_of(struct sl_buf *b, const struct sl_layout *l, const struct sl_summary *s);

/* An article, as a format writes it (gather.h). */
void sl_page_article(struct sl_buf *b, const struct sl_layout *l,
                     const struct slant_report_options *opt, const struct sl_summary *s,
                     uint64_t before);
/* Takes the marks out of the articles written so far, and with them what is not for a page of this
 * size. Not when b has failed. */
void sl_page_fit(struct sl_buf *b);

void sl_page_timeline(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c);
/* A table of sources, or of the reader's own groups; what: they are by. */
void sl_page_groups(struct sl_buf *b, const struct sl_layout *l, const struct sl_groups *g,
                    const char *id, const char *what);
void sl_page_comparison(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c);

/* What a reader needs to judge the judge. */
void sl_page_quality(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                     const struct sl_report_tail *tail);

#endif
