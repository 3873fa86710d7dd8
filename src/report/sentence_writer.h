/** One scored sentence, or one record that could not be read, as a line. */
#ifndef SL_REPORT_SENTENCE_WRITER_H
#define SL_REPORT_SENTENCE_WRITER_H

#include "base/json_out.h"
#include "input/articles.h"
#include "model/model.h"

/* "doc", "n", "from", "to", "text" into an open object, and on an article's first sentence what
 * else its record told. */
void sl_write_sentence_keys(struct sl_json *j, const struct sl_article *a,
                            const struct slant_sentence *s);
/* What every line repeats, escaped once: names of heads and labels. */
struct sl_piece {
    uint32_t at, len; /* in bytes */
};
struct sl_phrases {
    const struct slant_model *m;
    struct sl_buf bytes;
    /* ,"stance":{"label":"favor","p":{"favor":0.0000,"against":0.0000,"none":0.0000 */
    struct sl_piece label[SL_MAX_COLUMN];
    uint32_t share[SL_MAX_COLUMN];        /* how far before the end of these its 0.0000 stands */
    struct sl_piece key[SL_MAX_COLUMN];   /* ,"against": and before a head's first },"margin":{ */
    size_t room;                          /* bytes for all heads of a line */
    struct sl_piece field[SL_MAX_COLUMN]; /* favor, for tables */
};
enum slant_status sl_phrases_init(struct sl_phrases *p, const struct slant_model *m,
                                  struct slant_error *err);
void sl_phrases_free(struct sl_phrases *p);

void sl_write_sentence_json(struct sl_buf *b, const struct sl_phrases *p,
                            const struct sl_article *a, const struct slant_sentence *s);
/* The heads' labels and probabilities [n_column], behind other members of an open object. */
void sl_write_probabilities_json(struct sl_buf *b, const struct sl_phrases *p,
                                 const uint16_t *prob);
void sl_write_sentence_tsv(struct sl_buf *b, const struct sl_phrases *p, const struct sl_article *a,
                           const struct slant_sentence *s);
void sl_write_sentence_labels(struct sl_buf *b, const struct sl_phrases *p,
                              const struct slant_sentence *s);
void sl_write_tsv_header(struct sl_buf *b, const struct slant_model *m);
/* An article without a sentence: "sentences" is 0. */
void sl_write_empty_json(struct sl_buf *b, const struct sl_article *a);
/* key: what the article's name stands under. */
void sl_write_error_json(struct sl_buf *b, const struct sl_article *a, const char *key);
void sl_write_error_tsv(struct sl_buf *b, const struct slant_model *m, const struct sl_article *a);
/* A figure of head h that the model's training has left, such as "accuracy"; NaN: none.
 * Error: NOMEM. */
enum slant_status sl_cross_validated(const struct slant_model *m, size_t h, const char *figure,
                                     double *out, struct slant_error *err);
void sl_write_trailer_json(struct sl_buf *b, const struct slant_model *m,
                           const struct slant_counts *counts, bool no_holders, bool no_target);

#endif
