/* Opens the file that bundle.h describes: the whole of it is checked before anything is scored. */
#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "model/sections.h"

#include <stdlib.h>
#include <string.h>

/* Finds the sections in the table; false where one is missing, misplaced or unknown and needed. */
static bool read_table(const unsigned char *bytes, size_t len, uint32_t n,
                       struct sl_cursor section[SL_N_SECTION])
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
                section[s] = (struct sl_cursor){bytes + at, (size_t)size, true};
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

/* A row of zeros behind the features', in the zeros behind the file. */
static uint32_t no_row(const struct slant_model *m, const unsigned char *end)
{
    _Static_assert(2 * SL_MAX_STRIDE <= SL_FILE_ZEROS, "it has room there");
    return (uint32_t)(((size_t)(end - (const unsigned char *)m->row) + m->stride - 1) / m->stride);
}

/* Opens the file's bytes in a block of their own, 64-aligned, with SL_FILE_ZEROS behind them; the model
 * takes it where it opens. */
static enum slant_status open_block(unsigned char *bytes, size_t len, const char *name,
                                    struct slant_model **out, struct slant_error *err)
{
    struct sl_cursor section[SL_N_SECTION] = {0};
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
        if (!sl_read_section(&section[s], m, (enum sl_section)s, &nomem)) {
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
    m->no_row = status == SLANT_OK ? no_row(m, bytes + len) : 0;
    if (status != SLANT_OK) {
        m->block = NULL; /* the caller's still */
        memset(&m->vocabulary, 0, sizeof m->vocabulary);
        m->row = NULL;
        m->seen = NULL;
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
    if (len > SLANT_MAX_BUNDLE) {
        return sl_fail(err, SLANT_ERR_LIMIT, 0, "%s: larger than the limit of %zu bytes", name,
                       SLANT_MAX_BUNDLE);
    }
    SL_TRY(check_header(data, len, name, err)); /* before memory is asked for */
    block = sl_large(len + SL_FILE_ZEROS);
    if (block == NULL) {
        return sl_fail_nomem(err);
    }
    memcpy(block, data, len);
    memset(block + len, 0, SL_FILE_ZEROS);
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
