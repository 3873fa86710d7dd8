/* What the sections of a model file hold: every size is bounded before it is used, every index checked
 * once, so that scoring needs no checks. */
#include "model/sections.h"
#include "base/bytes.h"
#include "base/json_out.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The two cells of a norm's part, in the machine's order of bytes. */
static uint32_t norm_cells(const int8_t *cell)
{
    uint16_t both;
    memcpy(&both, cell, sizeof both);
    return both;
}

/* Whether the norms' parts at cell[0], cell[stride] and so on, n of them, are above zero. */
static bool norms_are_good(const int8_t *cell, size_t n, uint32_t stride)
{
    uint32_t signs = 0;
    uint32_t zeros = 0; /* the upper bit: one was zero */
    for (size_t i = 0; i < n; i++, cell += stride) {
        uint32_t part = norm_cells(cell);
        signs |= part;
        zeros |= part - 1;
    }
    return (signs & 0x8080u) == 0 && zeros >> 31 == 0;
}

/* The same, but zero where the slot of the table is free. */
static bool slots_are_good(const int8_t *cell, size_t n, uint32_t stride, const uint32_t *tag)
{
    uint32_t signs = 0;
    uint32_t others = 0; /* the upper bit: zero was one of the two alone */
    for (size_t i = 0; i < n; i++, cell += stride) {
        uint32_t part = norm_cells(cell);
        signs |= part;
        others |= (part - 1) ^ (tag[i] - 1);
    }
    return (signs & 0x8080u) == 0 && others >> 31 == 0;
}

/* starts[n + 1] begin at 0, do not fall, and end at total. */
static bool starts_are_good(const uint32_t *start, size_t n, size_t total)
{
    uint32_t bad = 0;
    if (start == NULL || start[0] != 0 || start[n] != total) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        bad |= (uint32_t)(start[i] > start[i + 1]);
    }
    return bad == 0;
}

/* Whether a list rises, and stays below limit. */
static bool ascends(const uint32_t *list, size_t n, uint64_t limit)
{
    bool bad = n > 0 && list[n - 1] >= limit;
    for (size_t i = 1; i < n; i++) {
        bad |= list[i] <= list[i - 1];
    }
    return !bad;
}

static bool strings_are_sorted(const char *bytes, const uint32_t *start, uint32_t n)
{
    uint64_t before = 0;
    for (uint32_t i = 0; i < n; i++) {
        const size_t len = start[i + 1] - start[i];
        const bool roomy = start[n] - start[i] >= 8;
        const uint64_t at = roomy ? sl_beginning_roomy(bytes + start[i], len) : 0;
        if (at <= before && i > 0) { /* the beginnings do not tell */
            size_t last = start[i] - start[i - 1];
            int order = memcmp(bytes + start[i - 1], bytes + start[i], last < len ? last : len);
            if (order > 0 || (order == 0 && last >= len)) {
                return false;
            }
        }
        before = at;
    }
    return true;
}

/* WORD, CHAR and VECT. */
static bool read_strings(struct sl_cursor *c, uint32_t *n, const char **bytes,
                         const uint32_t **start)
{
    *n = sl_take_u32(c);
    *start = sl_take_numbers(c, (size_t)*n + 1);
    if (!c->ok || !starts_are_good(*start, *n, c->left) ||
        sl_utf8_count_invalid((const char *)c->p, c->left) > 0) {
        return false;
    }
    *bytes = (const char *)sl_take(c, c->left);
    return strings_are_sorted(*bytes, *start, *n);
}

static bool read_word_lists(struct sl_cursor *c, struct sl_vocabulary *v)
{
    uint64_t limit = v->n_word + sl_n_pair(v);
    for (int i = 0; i < SL_N_LIST; i++) {
        v->list[i].n = sl_take_u32(c);
        v->list[i].feature = sl_take_numbers(c, v->list[i].n);
        if (!c->ok || !ascends(v->list[i].feature, v->list[i].n, limit)) {
            return false;
        }
    }
    return c->left == 0;
}

static bool read_classes(struct sl_cursor *c, struct sl_lexicon *x)
{
    x->n_class = sl_take_u32(c);
    if (x->n_class > SL_MAX_WORD_CLASS) {
        return false;
    }
    for (uint32_t i = 0; i < x->n_class; i++) {
        const unsigned char *name = sl_take(c, SL_CLASS_NAME);
        if (name == NULL) {
            return false;
        }
        memcpy(x->class_name[i], name, SL_CLASS_NAME);
        if (!sl_class_name_is_good(x->class_name[i]) ||
            (i > 0 && strcmp(x->class_name[i - 1], x->class_name[i]) >= 0)) {
            return false;
        }
    }
    return true;
}

static bool read_lexicon(struct sl_cursor *c, struct sl_lexicon *x)
{
    if (!read_classes(c, x)) {
        return false;
    }
    x->n = sl_take_u32(c);
    x->start = sl_take_numbers(c, (size_t)x->n + 1);
    x->strength = sl_take_numbers(c, x->n);
    x->role = sl_take_numbers(c, x->n);
    x->word_class = sl_take_numbers(c, x->n);
    if (!c->ok || !starts_are_good(x->start, x->n, c->left)) {
        return false;
    }
    for (uint32_t i = 0; i < x->n; i++) {
        if (x->role[i] >= SL_N_ROLE ||
            (x->word_class[i] > x->n_class && x->word_class[i] != SL_NO_CLASS) ||
            (x->role[i] == SL_ROLE_NONE && x->word_class[i] == 0) ||
            !(fabsf(x->strength[i]) <= 100)) {
            return false;
        }
    }
    x->bytes = (const char *)sl_take(c, c->left);
    return strings_are_sorted(x->bytes, x->start, x->n);
}

static bool read_units(struct sl_cursor *c, struct slant_model *m, bool *nomem)
{
    *nomem = !sl_model_make_units(m);
    for (int b = 0; b < SL_N_BLOCK && !*nomem; b++) {
        double *unit = sl_units(m, b);
        for (uint32_t k = 0; k <= m->n_column; k++) {
            unit[k] = sl_take_double(c);
            c->ok = c->ok && unit[k] >= 0;
        }
        c->ok = c->ok && unit[m->n_column] > 0;
    }
    return c->ok && !*nomem && c->left == 0;
}

static bool read_rows(struct sl_cursor *c, struct slant_model *m)
{
    const struct sl_vocabulary *v = &m->vocabulary;
    size_t n_feature = sl_n_feature(v);
    size_t pairs = sl_pair_slots(v->pair.n_bucket);
    const int8_t *norm;
    size_t n;
    m->stride = sl_row_stride(m->n_column);
    if (__builtin_mul_overflow(n_feature, (size_t)m->stride, &n)) {
        return false;
    }
    m->row = (int8_t *)sl_take(c, n);
    if (!c->ok || c->left != 0) {
        return false;
    }
    norm = m->row + m->n_column;
    return norms_are_good(norm, v->n_word, m->stride) &&
           slots_are_good(norm + (size_t)v->n_word * m->stride, pairs, m->stride, v->pair.tag) &&
           norms_are_good(norm + (v->n_word + pairs) * m->stride, n_feature - v->n_word - pairs,
                          m->stride);
}

/* The rest of the 64 bytes that a table's numbers begin with, and its buckets. */
static const void *take_buckets(struct sl_cursor *c, size_t numbers, uint32_t bucket_bits)
{
    if (bucket_bits > 32 || sl_take(c, SL_BUNDLE_ALIGN - 4 * numbers) == NULL ||
        c->left != sl_lookup_buckets(bucket_bits) * 64) {
        return NULL;
    }
    return sl_take(c, c->left);
}

static uint64_t count_tags(const uint32_t *tag, size_t n)
{
    uint32_t taken = 0; /* n is below 2^32, and this can be counted several at a time */
    for (size_t i = 0; i < n; i++) {
        taken += tag[i] != 0;
    }
    return taken;
}

static bool read_pairs(struct sl_cursor *c, struct sl_vocabulary *v)
{
    struct sl_pairs *t = &v->pair;
    v->n_bigram = sl_take_u32(c);
    v->n_trigram = sl_take_u32(c);
    t->bits = sl_take_u32(c);
    t->word_bits = sl_take_u32(c);
    t->n_bucket = sl_take_u32(c);
    if (!c->ok || !sl_pairs_shape_is_good(t, v->n_word) ||
        sl_take(c, SL_BUNDLE_ALIGN - 5 * sizeof t->bits) == NULL) {
        return false;
    }
    t->tag = sl_take_numbers(c, sl_pair_slots(t->n_bucket));
    if (!c->ok || c->left != 0 ||
        count_tags(t->tag, SL_PAIR_SLOTS) > 0) { /* the first is nobody's */
        return false;
    }
    return count_tags(t->tag, sl_pair_slots(t->n_bucket)) == (uint64_t)v->n_bigram + v->n_trigram;
}

static bool read_grams(struct sl_cursor *c, struct sl_grams *t)
{
    t->bucket_bits = sl_take_u32(c);
    t->bucket = c->ok ? take_buckets(c, 1, t->bucket_bits) : NULL;
    for (size_t i = 0;
         !sl_little_endian() && t->bucket != NULL && i < sl_lookup_buckets(t->bucket_bits); i++) {
        struct sl_gram_bucket *b = (struct sl_gram_bucket *)t->bucket + i;
        for (int k = 0; k < SL_GRAM_SLOTS; k++) {
            b->gram[k] = sl_le64((const unsigned char *)&b->gram[k]);
            b->feature[k] = sl_le32((const unsigned char *)&b->feature[k]);
        }
        b->spilled = sl_le32((const unsigned char *)&b->spilled);
    }
    return t->bucket != NULL;
}

static bool read_head(struct sl_cursor *c, struct slant_model *m, size_t h, bool *nomem)
{
    char *name = sl_take_string(c, 256, nomem);
    char *subject = sl_take_string(c, 4096, nomem);
    uint32_t n_label = sl_take_u32(c);
    char *label[SLANT_MAX_LABEL] = {0};
    bool good =
        c->ok && !*nomem && n_label >= 2 && n_label <= SLANT_MAX_LABEL && !sl_json_reserved(name);
    for (size_t i = 0; good && i < h; i++) {
        good = strcmp(m->head[i].name, name) != 0 || strcmp(m->fit[i].subject, subject) != 0;
    }
    for (uint32_t k = 0; good && k < n_label; k++) {
        label[k] = sl_take_string(c, 256, nomem);
        good = c->ok && !*nomem;
        for (uint32_t i = 0; good && i < k; i++) {
            good = strcmp(label[i], label[k]) != 0;
        }
    }
    if (good && !sl_model_set_head(m, h, name, subject, (const char *const *)label, n_label)) {
        *nomem = true;
        good = false;
    }
    free(name);
    free(subject);
    for (uint32_t k = 0; k < SLANT_MAX_LABEL; k++) {
        free(label[k]);
    }
    if (!good) {
        return false;
    }
    m->fit[h].slope = sl_take_double(c);
    for (uint32_t k = 0; k < n_label; k++) {
        m->fit[h].shift[k] = sl_take_double(c);
        m->fit[h].bias[k] = sl_take_double(c);
        m->fit[h].prior[k] = sl_take_double(c);
    }
    return c->ok;
}

static bool read_seen(struct sl_cursor *c, struct slant_model *m)
{
    m->n_seen = sl_take_u32(c);
    m->seen = sl_take_numbers(c, m->n_seen);
    return c->ok && c->left == 0 && ascends(m->seen, m->n_seen, UINT64_MAX);
}

bool sl_read_section(struct sl_cursor *c, struct slant_model *m, enum sl_section section,
                     bool *nomem)
{
    struct sl_vocabulary *v = &m->vocabulary;
    uint32_t used;
    switch (section) {
    case SL_SECTION_NAME: {
        char *language;
        const unsigned char *probe;
        m->name = sl_take_string(c, 4096, nomem);
        language = sl_take_string(c, 64, nomem);
        probe = sl_take(c, 8);
        m->language = language == NULL ? NULL : sl_language_find(language);
        m->stemmer_probe = probe == NULL ? 0 : sl_le64(probe);
        free(language);
        return c->ok && !*nomem && m->language != NULL && c->left == 0;
    }
    case SL_SECTION_META:
        if (memchr(c->p, 0, c->left) != NULL ||
            sl_utf8_count_invalid((const char *)c->p, c->left) > 0) {
            return false;
        }
        m->meta = sl_copy_bytes(c->p, c->left);
        *nomem = m->meta == NULL;
        return !*nomem;
    case SL_SECTION_HEAD:
        if (sl_take_u32(c) != m->n_head) {
            return false;
        }
        for (size_t h = 0; h < m->n_head; h++) {
            if (!read_head(c, m, h, nomem)) {
                return false;
            }
        }
        return c->left == 0;
    case SL_SECTION_BLOK:
        if (sl_take_u32(c) != SL_N_BLOCK) {
            return false;
        }
        for (int i = 0; i < SL_N_BLOCK; i++) {
            m->scale[i] = sl_take_double(c);
            used = sl_take_u32(c);
            v->used[i] = used == 1;
            c->ok = c->ok && used <= 1;
        }
        return c->ok && c->left == 0;
    case SL_SECTION_WORD:
        return read_strings(c, &v->n_word, &v->word_bytes, &v->word_start);
    case SL_SECTION_PAIR:
        return read_pairs(c, v);
    case SL_SECTION_CHAR:
        return read_strings(c, &v->n_character, &v->character_bytes, &v->character_start);
    case SL_SECTION_LIST:
        return read_word_lists(c, v);
    case SL_SECTION_LEXI:
        return read_lexicon(c, &v->lexicon);
    case SL_SECTION_VECT:
        return read_strings(c, &v->n_vector, &v->vector_bytes, &v->vector_start) &&
               sl_vocabulary_number(v);
    case SL_SECTION_UNIT:
        return read_units(c, m, nomem);
    case SL_SECTION_ROWS:
        return read_rows(c, m);
    case SL_SECTION_WGRM:
        return read_grams(c, &v->word_gram);
    case SL_SECTION_CGRM:
        return read_grams(c, &v->character_gram);
    case SL_SECTION_LGRM:
        return read_grams(c, &v->lexicon.gram) && sl_lookup_is_good(v);
    case SL_SECTION_OWNS:
        if (sl_take_u32(c) != m->n_head) {
            return false;
        }
        for (size_t h = 0; h < m->n_head; h++) {
            m->fit[h].own_slope = sl_take_double(c);
            for (uint32_t k = 0; k < m->head[h].n_label; k++) {
                m->fit[h].own_shift[k] = sl_take_double(c);
            }
        }
        return c->ok && c->left == 0;
    case SL_SECTION_SEEN:
        return read_seen(c, m);
    case SL_SECTION_NAMW:
        v->target_words = true;
        return c->left == 0;
    case SL_N_SECTION:
        break;
    }
    return false;
}
