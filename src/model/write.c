/* Writes the file that bundle.h describes. */
#include "base/bytes.h"
#include "model/bundle.h"
#include "model/model.h"

#include <string.h>

static void put_string(struct sl_buf *b, const char *s)
{
    sl_buf_le32(b, (uint32_t)strlen(s));
    sl_buf_text(b, s);
}

/* n numbers of four bytes, integers or floats. */
static void put_numbers(struct sl_buf *b, const void *numbers, size_t n)
{
    const char *p = numbers;
    if (sl_little_endian()) {
        sl_buf_put(b, p, n * 4);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t number;
        memcpy(&number, p + 4 * i, 4);
        sl_buf_le32(b, number);
    }
}

static void pad_to(struct sl_buf *b, size_t start, size_t align)
{
    while (!b->failed && (b->len - start) % align != 0) {
        sl_buf_byte(b, 0);
    }
}

static void put_pairs(struct sl_buf *b, const struct sl_vocabulary *v)
{
    const struct sl_pairs *t = &v->pair;
    size_t start = b->len;
    sl_buf_le32(b, v->n_bigram);
    sl_buf_le32(b, v->n_trigram);
    sl_buf_le32(b, t->bits);
    sl_buf_le32(b, t->word_bits);
    sl_buf_le32(b, t->n_bucket);
    pad_to(b, start, SL_BUNDLE_ALIGN);
    put_numbers(b, t->tag, sl_pair_slots(t->n_bucket));
}

static void put_grams(struct sl_buf *b, const struct sl_grams *t)
{
    size_t start = b->len;
    sl_buf_le32(b, t->bucket_bits);
    pad_to(b, start, SL_BUNDLE_ALIGN);
    for (size_t i = 0; i < sl_lookup_buckets(t->bucket_bits); i++) {
        for (int k = 0; k < SL_GRAM_SLOTS; k++) {
            sl_buf_le64(b, t->bucket[i].gram[k]);
        }
        put_numbers(b, t->bucket[i].feature, SL_GRAM_SLOTS);
        sl_buf_le32(b, t->bucket[i].spilled);
    }
}

static void put_strings(struct sl_buf *b, uint32_t n, const char *bytes, const uint32_t *start)
{
    static const uint32_t none[1] = {0};
    start = n == 0 ? none : start;
    sl_buf_le32(b, n);
    put_numbers(b, start, (size_t)n + 1);
    sl_buf_put(b, n == 0 ? "" : bytes, start[n]);
}

static void put_lexicon(struct sl_buf *b, const struct sl_lexicon *x)
{
    static const uint32_t none[1] = {0};
    const uint32_t *start = x->n == 0 ? none : x->start;
    sl_buf_le32(b, x->n_class);
    for (uint32_t i = 0; i < x->n_class; i++) {
        sl_buf_put(b, x->class_name[i], SL_CLASS_NAME);
    }
    sl_buf_le32(b, x->n);
    put_numbers(b, start, (size_t)x->n + 1);
    put_numbers(b, x->strength, x->n);
    put_numbers(b, x->role, x->n);
    put_numbers(b, x->word_class, x->n);
    sl_buf_put(b, x->n == 0 ? "" : x->bytes, start[x->n]);
}

static void put_heads(struct sl_buf *b, const struct slant_model *m)
{
    sl_buf_le32(b, (uint32_t)m->n_head);
    for (size_t h = 0; h < m->n_head; h++) {
        const struct slant_head *head = &m->head[h];
        put_string(b, head->name);
        put_string(b, m->fit[h].subject);
        sl_buf_le32(b, head->n_label);
        for (uint32_t k = 0; k < head->n_label; k++) {
            put_string(b, head->label[k]);
        }
        sl_buf_le_double(b, m->fit[h].slope);
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_buf_le_double(b, m->fit[h].shift[k]);
            sl_buf_le_double(b, m->fit[h].bias[k]);
            sl_buf_le_double(b, m->fit[h].prior[k]);
        }
    }
}

static void put_section(struct sl_buf *b, const struct slant_model *m, enum sl_section section)
{
    const struct sl_vocabulary *v = &m->vocabulary;
    switch (section) {
    case SL_SECTION_NAME:
        put_string(b, m->name);
        put_string(b, m->language->name);
        sl_buf_le64(b, m->stemmer_probe);
        break;
    case SL_SECTION_META:
        sl_buf_text(b, m->meta);
        break;
    case SL_SECTION_HEAD:
        put_heads(b, m);
        break;
    case SL_SECTION_BLOK:
        sl_buf_le32(b, SL_N_BLOCK);
        for (int i = 0; i < SL_N_BLOCK; i++) {
            sl_buf_le_double(b, m->scale[i]);
            sl_buf_le32(b, v->first[i + 1] > v->first[i]);
        }
        break;
    case SL_SECTION_WORD:
        put_strings(b, v->n_word, v->word_bytes, v->word_start);
        break;
    case SL_SECTION_PAIR:
        put_pairs(b, v);
        break;
    case SL_SECTION_CHAR:
        put_strings(b, v->n_character, v->character_bytes, v->character_start);
        break;
    case SL_SECTION_LIST:
        for (int i = 0; i < SL_N_LIST; i++) {
            sl_buf_le32(b, v->list[i].n);
            put_numbers(b, v->list[i].feature, v->list[i].n);
        }
        break;
    case SL_SECTION_LEXI:
        put_lexicon(b, &v->lexicon);
        break;
    case SL_SECTION_VECT:
        put_strings(b, v->n_vector, v->vector_bytes, v->vector_start);
        break;
    case SL_SECTION_UNIT:
        for (int i = 0; i < SL_N_BLOCK; i++) {
            for (uint32_t k = 0; k <= m->n_column; k++) {
                sl_buf_le_double(b, sl_units(m, i)[k]);
            }
        }
        break;
    case SL_SECTION_ROWS:
        sl_buf_put(b, m->row, (size_t)sl_n_feature(v) * m->stride);
        break;
    case SL_SECTION_WGRM:
        put_grams(b, &v->word_gram);
        break;
    case SL_SECTION_CGRM:
        put_grams(b, &v->character_gram);
        break;
    case SL_SECTION_LGRM:
        put_grams(b, &v->lexicon.gram);
        break;
    case SL_SECTION_OWNS:
        sl_buf_le32(b, (uint32_t)m->n_head);
        for (size_t h = 0; h < m->n_head; h++) {
            sl_buf_le_double(b, m->fit[h].own_slope);
            for (uint32_t k = 0; k < m->head[h].n_label; k++) {
                sl_buf_le_double(b, m->fit[h].own_shift[k]);
            }
        }
        break;
    case SL_SECTION_SEEN:
        sl_buf_le32(b, m->n_seen);
        put_numbers(b, m->seen, m->n_seen);
        break;
    case SL_SECTION_NAMW: /* its presence tells */
    case SL_N_SECTION:
        break;
    }
}

static bool has_section(const struct slant_model *m, int section)
{
    bool knows = false;
    for (size_t h = 0; h < m->n_head; h++) {
        knows = knows || sl_model_knows_own(&m->fit[h], m->head[h].n_label);
    }
    return section == SL_SECTION_OWNS   ? knows
           : section == SL_SECTION_NAMW ? m->vocabulary.target_words
           : section == SL_SECTION_SEEN ? m->n_seen > 0
                                        : true;
}

void sl_model_write(struct slant_model *m, struct sl_buf *out)
{
    static const char zero[SL_BUNDLE_HEADER + SL_BUNDLE_ENTRY * SL_N_SECTION];
    struct sl_buf fixed = {0}; /* header and table, known last */
    size_t start = out->len;
    size_t body = SL_BUNDLE_HEADER;
    int section[SL_N_SECTION];
    uint64_t at[SL_N_SECTION];
    uint64_t len[SL_N_SECTION];
    uint32_t n = 0;
    for (int i = 0; i < SL_N_SECTION; i++) {
        if (has_section(m, i)) {
            section[n++] = i;
            body += SL_BUNDLE_ENTRY;
        }
    }
    sl_buf_put(out, zero, body);
    for (uint32_t i = 0; i < n; i++) {
        pad_to(out, start, SL_BUNDLE_ALIGN);
        at[i] = out->len - start;
        put_section(out, m, (enum sl_section)section[i]);
        len[i] = out->len - start - at[i];
    }
    pad_to(out, start, SL_BUNDLE_ALIGN);
    sl_buf_put(&fixed, SL_BUNDLE_MAGIC, 8);
    sl_buf_le16(&fixed, SL_BUNDLE_MAJOR);
    sl_buf_le16(&fixed, SL_BUNDLE_MINOR);
    sl_buf_le32(&fixed, n);
    sl_buf_le64(&fixed, out->len - start);
    sl_buf_le64(&fixed, 0);
    for (uint32_t i = 0; i < n; i++) {
        sl_buf_put(&fixed, sl_section_tag[section[i]], 4);
        sl_buf_le32(&fixed, section[i] != SL_SECTION_SEEN); /* who scores can do without */
        sl_buf_le64(&fixed, at[i]);
        sl_buf_le64(&fixed, len[i]);
    }
    out->failed = out->failed || fixed.failed;
    if (!out->failed) {
        memcpy(out->p + start, fixed.p, body);
        m->digest = sl_hash(out->p + start + SL_BUNDLE_HEADER, out->len - start - SL_BUNDLE_HEADER,
                            sl_hash(out->p + start, 24, 0));
        fixed.len = 0;
        sl_buf_le64(&fixed, m->digest);
        memcpy(out->p + start + 24, fixed.p, 8);
    }
    sl_buf_free(&fixed);
}
