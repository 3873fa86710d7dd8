/** Which of several subjects a report is about. */
#ifndef SL_REPORT_SUBJECT_H
#define SL_REPORT_SUBJECT_H

#include "base/buf.h"
#include "base/status.h"
#include "report/layout.h"

/* The subject in a head's name, "stance:SUBJECT", as it is where a model has several; else NULL. */
const char *sl_head_subject(const struct slant_head *head);
/* The head that verdicts are about: that of this subject; where it is NULL, the first of stance, else
 * the first of all. n_head where several subjects are told apart and none of them is this one. */
size_t sl_main_head(const struct slant_head *head, size_t n_head, const char *subject);
/* ARG: which subjects the heads tell apart. */
enum slant_status sl_no_subject(const struct slant_head *head, size_t n_head, const char *subject,
                                struct slant_error *err);
/* Appends the subjects that the report is not about, with commas; nothing where there is one alone. */
void sl_put_other_subjects(struct sl_buf *b, const struct sl_layout *l);

#endif
