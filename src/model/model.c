#include "model/model.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct slant_model *sl_model_new(size_t n_head)
{
    struct slant_model *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return NULL;
    }
    m->head = sl_array_zero(n_head, sizeof *m->head);
    m->fit = sl_array_zero(n_head, sizeof *m->fit);
    m->n_head = n_head;
    if (m->head == NULL || m->fit == NULL) {
        slant_model_free(m);
        return NULL;
    }
    return m;
}

bool sl_model_set_head(struct slant_model *m, size_t h, const char *name, const char *subject,
                       const char *const *label, uint32_t n_label)
{
    char **copy = sl_array_zero(n_label, sizeof *copy);
    m->head[h].label = (const char *const *)copy;
    m->head[h].name = sl_copy_bytes(name, strlen(name));
    m->fit[h].subject = sl_copy_bytes(subject, strlen(subject));
    if (copy == NULL || m->head[h].name == NULL || m->fit[h].subject == NULL) {
        return false;
    }
    m->head[h].n_label = n_label;
    for (uint32_t k = 0; k < n_label; k++) {
        copy[k] = sl_copy_bytes(label[k], strlen(label[k]));
        if (copy[k] == NULL) {
            return false;
        }
    }
    m->fit[h].column = m->n_column;
    m->fit[h].slope = m->fit[h].own_slope = 1;
    m->n_column += n_label;
    return true;
}

bool sl_model_make_units(struct slant_model *m)
{
    m->unit = sl_array_zero(SL_N_BLOCK, sl_row_stride(m->n_column) * sizeof *m->unit);
    return m->unit != NULL;
}

bool sl_model_set_rows(struct slant_model *m, const uint16_t *norm_level, const int8_t *cell,
                       const uint32_t *number, size_t n)
{
    size_t n_feature = sl_n_feature(&m->vocabulary);
    size_t len;
    m->stride = sl_row_stride(m->n_column);
    if (__builtin_mul_overflow(n_feature + 1, m->stride * sizeof *m->row, &len)) {
        return false;
    }
    m->row = aligned_alloc(64, (len + 63) / 64 * 64);
    if (m->row == NULL) {
        return false;
    }
    m->no_row = (uint32_t)n_feature;
    memset(m->row, 0, len);
    for (size_t i = 0; i < n; i++) {
        int8_t *row = m->row + (size_t)number[i] * m->stride;
        memcpy(row, cell + i * m->n_column, m->n_column * sizeof *row);
        sl_put_norm_level(row + m->n_column, norm_level[i]);
    }
    return true;
}

uint32_t sl_text_mark(const char *text, size_t len)
{
    return (uint32_t)(sl_hash(text, len, 0) >> 32);
}

bool sl_model_has_seen(const struct slant_model *m, const char *text, size_t len)
{
    const uint32_t mark = sl_text_mark(text, len);
    size_t lo = 0;
    size_t hi = m->n_seen;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (m->seen[mid] < mark) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo < m->n_seen && m->seen[lo] == mark;
}

void slant_model_free(struct slant_model *m)
{
    if (m == NULL) {
        return;
    }
    for (size_t h = 0; h < m->n_head; h++) {
        if (m->head != NULL) {
            char **label = (char **)m->head[h].label;
            for (uint32_t k = 0; label != NULL && k < m->head[h].n_label; k++) {
                free(label[k]);
            }
            free(label);
            free((char *)m->head[h].name);
        }
        if (m->fit != NULL) {
            free(m->fit[h].subject);
        }
    }
    free(m->head);
    free(m->fit);
    free(m->name);
    free(m->meta);
    free(m->unit);
    if (m->block == NULL) {
        sl_vocabulary_free(&m->vocabulary);
        free(m->row);
        free((uint32_t *)m->seen);
    } else {
        free(m->vocabulary.outline); /* the rest lies in the block */
    }
    free(m->block);
    free(m);
}

const struct slant_head *slant_model_heads(const struct slant_model *m, size_t *n)
{
    if (m == NULL) {
        if (n != NULL) {
            *n = 0;
        }
        return NULL;
    }
    if (n != NULL) {
        *n = m->n_head;
    }
    return m->head;
}
