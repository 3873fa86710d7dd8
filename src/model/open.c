/* Opens the file that bundle.h describes: every size is bounded before it is used, every index
 * checked once, so that scoring needs no checks. */
#include "base/bytes.h"
#include "base/file.h"
#include "base/json_out.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "model/bundle.h"
#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Reads of checked length. After a failed one, ok is false and values are zero. */
struct cursor {
    const unsigned char *p;
    size_t left;
    bool ok;
};

static const unsigned char *take(struct cursor *c, size_t len)
{
    const unsigned char *p = c->p;
    if (!c->ok || len > c->left) {
        c->ok = false;
        return NULL;
    }
    c->p += len;
    c->left -= len;
    return p;
}

static uint32_t take32(struct cursor *c)
{
    const unsigned char *p = take(c, 4);
    return p == NULL ? 0 : sl_le32(p);
}

static double take_double(struct cursor *c)
{
    const unsigned char *p = take(c, 8);
    double v = p == NULL ? 0 : sl_le_double(p);
    if (!(fabs(v) <= 1e12)) { /* so that no margin and no probability overflows */
        c->ok = false;
        return 0;
    }
    return v;
}

/* A new string of at most max bytes, valid UTF-8 without NUL; NULL on failure, nomem set apart. */
static char *take_string(struct cursor *c, size_t max, bool *nomem)
{
    uint32_t len = take32(c);
    const unsigned char *p = take(c, len);
    char *copy;
    if (p == NULL || len > max || memchr(p, 0, len) != NULL ||
        sl_utf8_count_invalid((const char *)p, len) > 0) {
        c->ok = false;
        return NULL;
    }
    copy = sl_copy_bytes(p, len);
    *nomem = *nomem || copy == NULL;
    return copy;
}

/* n cells of some bytes each. */
static unsigned char *take_array(struct cursor *c, size_t n, size_t size)
{
    size_t len;
    if (__builtin_mul_overflow(n, size, &len)) {
        c->ok = false;
        return NULL;
    }
    return (unsigned char *)take(c, len);
}

/* n cells of four bytes, used where they stand; on a big-endian machine they are turned there. The
 * block is our own. */
static void *take_cells(struct cursor *c, size_t n)
{
    unsigned char *p = take_array(c, n, 4);
    for (size_t i = 0; p != NULL && !sl_little_endian() && i < n; i++) {
        uint32_t v = sl_le32(p + 4 * i);
        memcpy(p + 4 * i, &v, 4);
    }
    return p;
}

static const uint32_t *take_numbers(struct cursor *c, size_t n)
{
    return take_cells(c, n);
}

/* The same of cells of two bytes. */
static uint16_t *take_halves(struct cursor *c, size_t n)
{
    unsigned char *p = take_array(c, n, 2);
    for (size_t i = 0; p != NULL && !sl_little_endian() && i < n; i++) {
        uint16_t v = (uint16_t)(p[2 * i] | p[2 * i + 1] << 8);
        memcpy(p + 2 * i, &v, 2);
    }
    return (uint16_t *)p;
}

/* Four at a time, without a branch for each. */
typedef uint16_t four __attribute__((vector_size(8)));

/* Whether all numbers are finite, and what stands in column `positive` of each row of `stride`, a
 * multiple of four, is above zero. */
static bool rows_are_good(const uint16_t *row, size_t n, uint32_t stride, uint32_t positive)
{
    const four infinity = {SL_BFLOAT_INFINITY, SL_BFLOAT_INFINITY, SL_BFLOAT_INFINITY,
                           SL_BFLOAT_INFINITY};
    four bad = {0};
    uint32_t low = 0;
    for (size_t i = 0; i < n; i++, row += stride) {
        for (uint32_t k = 0; k < stride; k += 4) {
            four bits;
            memcpy(&bits, row + k, sizeof bits);
            bad |= (four)((bits & infinity) == infinity);
        }
        low |= (uint32_t)(row[positive] - 1u >= SL_BFLOAT_INFINITY - 1u);
    }
    return (bad[0] | bad[1] | bad[2] | bad[3] | low) == 0;
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

/* Each list start[i]..start[i + 1] of list[start[n]] is ascending and below limit. The list falls, or
 * stays, nowhere but where one ends and the next begins. */
static bool lists_are_good(const uint32_t *start, size_t n, const uint32_t *list, uint32_t limit)
{
    const size_t total = start[n];
    uint32_t bad = total > 0 && list[0] >= limit;
    size_t falls = 0;
    for (size_t i = 1; i < total; i++) {
        bad |= (uint32_t)(list[i] >= limit);
        falls += list[i] <= list[i - 1];
    }
    for (size_t i = 1; i < n; i++) {
        size_t at = start[i];
        if (at > start[i - 1] && at < total) {
            falls -= list[at] <= list[at - 1];
        }
    }
    return bad == 0 && falls == 0;
}

static bool strings_are_sorted(const char *bytes, const uint32_t *start, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        size_t a = start[i] - start[i - 1];
        size_t b = start[i + 1] - start[i];
        int order = memcmp(bytes + start[i - 1], bytes + start[i], a < b ? a : b);
        if (order > 0 || (order == 0 && a >= b)) {
            return false;
        }
    }
    return true;
}

/* WORD, CHAR and VECT. */
static bool read_strings(struct cursor *c, uint32_t *n, const char **bytes, const uint32_t **start)
{
    *n = take32(c);
    *start = take_numbers(c, (size_t)*n + 1);
    if (!c->ok || !starts_are_good(*start, *n, c->left) ||
        sl_utf8_count_invalid((const char *)c->p, c->left) > 0) {
        return false;
    }
    *bytes = (const char *)take(c, c->left);
    return strings_are_sorted(*bytes, *start, *n);
}

/* BIGR and TRIG. */
static bool read_lists(struct cursor *c, uint32_t n_owner, uint32_t limit, uint32_t *n,
                       const uint32_t **start, const uint32_t **list)
{
    *n = take32(c);
    *start = take_numbers(c, (size_t)n_owner + 1);
    *list = take_numbers(c, *n);
    return c->ok && starts_are_good(*start, n_owner, *n) &&
           lists_are_good(*start, n_owner, *list, limit);
}

static bool read_word_lists(struct cursor *c, struct sl_vocabulary *v)
{
    for (int i = 0; i < SL_N_LIST; i++) {
        uint32_t start[2] = {0};
        start[1] = v->list[i].n = take32(c);
        v->list[i].feature = take_numbers(c, v->list[i].n);
        if (!c->ok ||
            !lists_are_good(start, 1, v->list[i].feature, v->n_word + v->n_bigram + v->n_trigram)) {
            return false;
        }
    }
    return c->left == 0;
}

static bool read_classes(struct cursor *c, struct sl_lexicon *x)
{
    x->n_class = take32(c);
    if (x->n_class > SL_MAX_WORD_CLASS) {
        return false;
    }
    for (uint32_t i = 0; i < x->n_class; i++) {
        const unsigned char *name = take(c, SL_CLASS_NAME);
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

static bool read_lexicon(struct cursor *c, struct sl_lexicon *x)
{
    if (!read_classes(c, x)) {
        return false;
    }
    x->n = take32(c);
    x->start = take_numbers(c, (size_t)x->n + 1);
    x->strength = take_cells(c, x->n);
    x->role = take_numbers(c, x->n);
    x->word_class = take_numbers(c, x->n);
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
    x->bytes = (const char *)take(c, c->left);
    return strings_are_sorted(x->bytes, x->start, x->n);
}

static bool read_rows(struct cursor *c, struct slant_model *m)
{
    size_t n_feature = sl_n_feature(&m->vocabulary);
    size_t n;
    m->stride = sl_row_stride(m->n_column);
    if (__builtin_mul_overflow(n_feature, (size_t)m->stride, &n)) {
        return false;
    }
    m->row = take_halves(c, n);
    return c->ok && c->left == 0 && rows_are_good(m->row, n_feature, m->stride, m->n_column);
}

/* The rest of the 64 bytes that a table's numbers begin with, and its buckets. */
static const void *take_buckets(struct cursor *c, size_t numbers, uint32_t bucket_bits)
{
    if (bucket_bits > 32 || take(c, SL_BUNDLE_ALIGN - 4 * numbers) == NULL ||
        c->left != sl_lookup_buckets(bucket_bits) * 64) {
        return NULL;
    }
    return take(c, c->left);
}

static bool read_pairs(struct cursor *c, struct sl_pairs *t)
{
    t->bits = take32(c);
    t->word_bits = take32(c);
    t->bucket_bits = take32(c);
    /* a remainder with its steps has 32 bits at most, and shifts are below 64 */
    if (!c->ok || t->bits == 0 || t->bits > 64 || t->word_bits > 32 || t->bucket_bits > t->bits ||
        t->bits - t->bucket_bits > 28) {
        return false;
    }
    t->bucket = take_buckets(c, 3, t->bucket_bits);
    for (size_t i = 0; !sl_little_endian() && t->bucket != NULL &&
                       i < sl_lookup_buckets(t->bucket_bits) * (sizeof *t->bucket / 4);
         i++) {
        unsigned char *p = (unsigned char *)t->bucket + 4 * i;
        uint32_t v = sl_le32(p);
        memcpy(p, &v, 4);
    }
    return t->bucket != NULL;
}

static bool read_grams(struct cursor *c, struct sl_grams *t)
{
    t->bucket_bits = take32(c);
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

static bool read_head(struct cursor *c, struct slant_model *m, size_t h, bool *nomem)
{
    char *name = take_string(c, 256, nomem);
    char *subject = take_string(c, 4096, nomem);
    uint32_t n_label = take32(c);
    char *label[SLANT_MAX_LABEL] = {0};
    bool good =
        c->ok && !*nomem && n_label >= 2 && n_label <= SLANT_MAX_LABEL && !sl_json_reserved(name);
    for (size_t i = 0; good && i < h; i++) {
        good = strcmp(m->head[i].name, name) != 0 || strcmp(m->fit[i].subject, subject) != 0;
    }
    for (uint32_t k = 0; good && k < n_label; k++) {
        label[k] = take_string(c, 256, nomem);
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
    m->fit[h].slope = take_double(c);
    for (uint32_t k = 0; k < n_label; k++) {
        m->fit[h].shift[k] = take_double(c);
        m->fit[h].bias[k] = take_double(c);
        m->fit[h].prior[k] = take_double(c);
    }
    return c->ok;
}

static bool read_section(struct cursor *c, struct slant_model *m, enum sl_section section,
                         bool *nomem)
{
    struct sl_vocabulary *v = &m->vocabulary;
    uint32_t used;
    switch (section) {
    case SL_SECTION_NAME: {
        char *language;
        const unsigned char *probe;
        m->name = take_string(c, 4096, nomem);
        language = take_string(c, 64, nomem);
        probe = take(c, 8);
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
        if (take32(c) != m->n_head) {
            return false;
        }
        for (size_t h = 0; h < m->n_head; h++) {
            if (!read_head(c, m, h, nomem)) {
                return false;
            }
        }
        return c->left == 0;
    case SL_SECTION_BLOK:
        if (take32(c) != SL_N_BLOCK) {
            return false;
        }
        for (int i = 0; i < SL_N_BLOCK; i++) {
            m->scale[i] = take_double(c);
            used = take32(c);
            v->used[i] = used == 1;
            c->ok = c->ok && used <= 1;
        }
        return c->ok && c->left == 0;
    case SL_SECTION_WORD:
        return read_strings(c, &v->n_word, &v->word_bytes, &v->word_start);
    case SL_SECTION_BIGR:
        return read_lists(c, v->n_word, v->n_word, &v->n_bigram, &v->bigram_start,
                          &v->bigram_next) &&
               c->left == 0;
    case SL_SECTION_TRIG:
        return read_lists(c, v->n_bigram, v->n_word, &v->n_trigram, &v->trigram_start,
                          &v->trigram_next) &&
               c->left == 0;
    case SL_SECTION_CHAR:
        return read_strings(c, &v->n_character, &v->character_bytes, &v->character_start);
    case SL_SECTION_LIST:
        return read_word_lists(c, v);
    case SL_SECTION_LEXI:
        return read_lexicon(c, &v->lexicon);
    case SL_SECTION_VECT:
        return read_strings(c, &v->n_vector, &v->vector_bytes, &v->vector_start) &&
               sl_vocabulary_number(v);
    case SL_SECTION_ROWS:
        return read_rows(c, m);
    case SL_SECTION_PAIR:
        return read_pairs(c, &v->pair);
    case SL_SECTION_WGRM:
        return read_grams(c, &v->word_gram);
    case SL_SECTION_CGRM:
        return read_grams(c, &v->character_gram);
    case SL_SECTION_LGRM:
        return read_grams(c, &v->lexicon.gram) && sl_lookup_is_good(v);
    case SL_SECTION_OWNS:
        if (take32(c) != m->n_head) {
            return false;
        }
        for (size_t h = 0; h < m->n_head; h++) {
            m->fit[h].own_slope = take_double(c);
            for (uint32_t k = 0; k < m->head[h].n_label; k++) {
                m->fit[h].own_shift[k] = take_double(c);
            }
        }
        return c->ok && c->left == 0;
    case SL_SECTION_NAMW:
        v->target_words = true;
        return c->left == 0;
    case SL_N_SECTION:
        break;
    }
    return false;
}

/* Finds the sections in the table; false where one is missing, misplaced or unknown and needed. */
static bool read_table(const unsigned char *bytes, size_t len, uint32_t n,
                       struct cursor section[SL_N_SECTION])
{
    size_t end = SL_BUNDLE_HEADER + (size_t)n * SL_BUNDLE_ENTRY;
    if (n > SL_BUNDLE_MAX_SECTION || end > len) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        const unsigned char *entry = bytes + SL_BUNDLE_HEADER + (size_t)i * SL_BUNDLE_ENTRY;
        uint64_t at = sl_le64(entry + 8);
        uint64_t size = sl_le64(entry + 16);
        bool known = false;
        if (at % SL_BUNDLE_ALIGN != 0 || at < end || at > len || size > len - at) {
            return false;
        }
        end = (size_t)(at + size);
        for (int s = 0; s < SL_N_SECTION && !known; s++) {
            if (memcmp(entry, sl_section_tag[s], 4) == 0) {
                if (section[s].ok) {
                    return false; /* twice */
                }
                section[s] = (struct cursor){bytes + at, (size_t)size, true};
                known = true;
            }
        }
        if (!known && (sl_le32(entry + 4) & 1) != 0) {
            return false;
        }
    }
    for (int s = 0; s < SL_FIRST_OPTIONAL; s++) {
        if (!section[s].ok) {
            return false;
        }
    }
    return true;
}

static enum slant_status check_header(const unsigned char *bytes, size_t len, const char *name,
                                      struct slant_error *err)
{
    if (len < 8 || memcmp(bytes, SL_BUNDLE_MAGIC, 8) != 0) {
        return sl_fail(err, SLANT_ERR_BUNDLE, 0,
                       "%s: not a slant model; make one with `slant train -o MODEL DATA`", name);
    }
    if (len < SL_BUNDLE_HEADER) {
        return sl_fail(err, SLANT_ERR_BUNDLE, 0, "%s: cut short after %zu bytes", name, len);
    }
    if ((bytes[8] | bytes[9] << 8) != SL_BUNDLE_MAJOR) {
        return sl_fail(err, SLANT_ERR_VERSION, 0,
                       "%s: model format %d; this slant reads format %d: train it again", name,
                       bytes[8] | bytes[9] << 8, SL_BUNDLE_MAJOR);
    }
    if (sl_le64(bytes + 16) != len) {
        return sl_fail(err, SLANT_ERR_BUNDLE, 0,
                       "%s: %zu bytes long where it says %llu: cut short "
                       "or grown; copy it again",
                       name, len, (unsigned long long)sl_le64(bytes + 16));
    }
    return SLANT_OK;
}

static enum slant_status check_stemmer(const struct slant_model *m, const char *name,
                                       struct slant_error *err)
{
    struct sl_lexer lexer;
    uint64_t probe = 0;
    enum slant_status status;
    SL_TRY(sl_lexer_init(&lexer, m->language, err));
    status = sl_lexer_probe(&lexer, &probe, err);
    sl_lexer_free(&lexer);
    if (status == SLANT_OK && probe != m->stemmer_probe) {
        return sl_fail(err, SLANT_ERR_VERSION, 0,
                       "%s: made with another version of libstemmer: train it again", name);
    }
    return status;
}

/* Opens the file's bytes in a block of their own, 64-aligned; the model takes it where it opens. */
static enum slant_status open_block(unsigned char *bytes, size_t len, const char *name,
                                    struct slant_model **out, struct slant_error *err)
{
    struct cursor section[SL_N_SECTION] = {0};
    struct slant_model *m;
    enum slant_status status = SLANT_OK;
    uint32_t n_head;
    SL_TRY(check_header(bytes, len, name, err));
    if (!read_table(bytes, len, sl_le32(bytes + 12), section)) {
        return sl_fail(err, SLANT_ERR_BUNDLE, 0, "%s: its table of sections is damaged", name);
    }
    if (sl_hash_large(bytes + SL_BUNDLE_HEADER, len - SL_BUNDLE_HEADER, sl_hash(bytes, 24, 0)) !=
        sl_le64(bytes + 24)) {
        return sl_fail(err, SLANT_ERR_BUNDLE, 0,
                       "%s: checksum differs: the file was altered; "
                       "copy or train it again",
                       name);
    }
    n_head = section[SL_SECTION_HEAD].left < 4 ? 0 : sl_le32(section[SL_SECTION_HEAD].p);
    if (n_head == 0 || n_head > SLANT_MAX_HEAD) {
        return sl_fail(err, SLANT_ERR_BUNDLE, 0, "%s: %u heads where 1 to %d are possible", name,
                       n_head, SLANT_MAX_HEAD);
    }
    m = sl_model_new(n_head);
    if (m == NULL) {
        return sl_fail_nomem(err);
    }
    m->block = bytes;
    m->digest = sl_le64(bytes + 24);
    for (int s = 0; s < SL_N_SECTION && status == SLANT_OK; s++) {
        bool nomem = false;
        if (s >= SL_FIRST_OPTIONAL && !section[s].ok) {
            continue;
        }
        if (!read_section(&section[s], m, (enum sl_section)s, &nomem)) {
            status = nomem ? sl_fail_nomem(err)
                           : sl_fail(err, SLANT_ERR_BUNDLE, 0, "%s: section %s is damaged", name,
                                     sl_section_tag[s]);
        }
    }
    if (status == SLANT_OK) {
        status = check_stemmer(m, name, err);
    }
    if (status == SLANT_OK && !sl_lookup_outline(&m->vocabulary)) {
        status = sl_fail_nomem(err);
    }
    if (status != SLANT_OK) {
        m->block = NULL; /* the caller's still */
        memset(&m->vocabulary, 0, sizeof m->vocabulary);
        m->row = NULL;
        slant_model_free(m);
        return status;
    }
    *out = m;
    return SLANT_OK;
}

enum slant_status slant_model_open_bytes(const void *data, size_t len, const char *name,
                                         struct slant_model **out, struct slant_error *err)
{
    unsigned char *block;
    enum slant_status status;
    if (data == NULL || name == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_model_open_bytes: an argument is NULL");
    }
    SL_TRY(check_header(data, len, name, err)); /* before memory is asked for */
    block = sl_large(len);
    if (block == NULL) {
        return sl_fail_nomem(err);
    }
    memcpy(block, data, len);
    status = open_block(block, len, name, out, err);
    if (status != SLANT_OK) {
        free(block);
    }
    return status;
}

enum slant_status slant_model_open(const char *path, struct slant_model **out,
                                   struct slant_error *err)
{
    char *bytes;
    size_t len;
    enum slant_status status;
    if (path == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_model_open: an argument is NULL");
    }
    SL_TRY(sl_file_read(path, SLANT_MAX_BUNDLE, &bytes, &len, err));
    status = open_block((unsigned char *)bytes, len, path, out, err);
    if (status != SLANT_OK) {
        free(bytes);
    }
    return status;
}
