/** For a terminal: the table of who speaks for and against. */
#ifndef SL_REPORT_TEXT_SPEAKERS_H
#define SL_REPORT_TEXT_SPEAKERS_H

#include "report/gather.h"

/* A line each speaker: statements on each label, the verdict; quotes: the strongest below. Nothing where
 * there are no statements. */
void sl_text_speakers(struct sl_buf *b, const struct sl_layout *l,
                      const struct slant_report_options *opt, const struct sl_standpoint *row,
                      size_t n, uint64_t unattributed, uint64_t generic, bool quotes);

#endif
