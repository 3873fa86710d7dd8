/** How features are built, between its files: what was seen in the rows. */
#ifndef SL_TRAIN_FEATURES_PARTS_H
#define SL_TRAIN_FEATURES_PARTS_H

#include "train/features.h"
#include "train/forms.h"
#include "train/ngrams.h"

struct sl_numbers {
    uint32_t *p;
    size_t n, cap;
};

/* Ascending. */
void sl_sort_numbers(uint32_t *p, size_t n);

struct sl_seen {
    struct sl_forms forms;
    struct sl_numbers token; /* twice the form, and 1 under negation; SL_NO_WORD behind each row */
    size_t *first;           /* [n_row + 1] into token */
    struct sl_numbers part;  /* words and classes of frames and outlines, parted by SL_NO_WORD */
    /* then */
    uint32_t *word; /* [token.n + part.n] both, as words of the vocabulary */
    struct sl_ngrams ngrams;
    uint32_t *vector; /* [spelling.n] index among the vector words */
};

/* Fills forms, token, first and part. False: no memory. */
bool sl_seen_rows(struct sl_seen *s, const struct sl_rows *rows, const struct sl_material *material,
                  struct sl_lexer *lexer);
/* Then f->all, the characters of f, and the rest of *s; targets: some row has a mention of its target. */
bool sl_seen_order(struct sl_seen *s, const struct sl_material *material, bool targets,
                   struct sl_features *f);
/* Then the counts of f, chunk by chunk; the same for any number of threads. */
enum slant_status sl_seen_count(const struct sl_seen *s, const struct sl_rows *rows,
                                const struct sl_material *material, unsigned n_thread,
                                struct sl_features *f, struct slant_error *err);
void sl_seen_free(struct sl_seen *s);

#endif
