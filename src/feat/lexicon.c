#include "feat/lexicon.h"
#include "base/memory.h"
#include "feat/sorted.h"

#include <stdlib.h>
#include <string.h>

static struct sl_polarity at_entry(const struct sl_lexicon *x, uint32_t i)
{
    struct sl_polarity p = {0};
    if (i != UINT32_MAX) {
        p.strength = x->strength[i];
        p.role = (uint8_t)x->role[i];
        p.word_class = (uint8_t)x->word_class[i];
    }
    return p;
}

static uint32_t find_entry(const struct sl_lexicon *x, const char *bytes, size_t len)
{
    if (x->gram.bucket != NULL && len > 0) {
        uint64_t number = sl_word_number(bytes, len);
        uint32_t at = sl_gram_at(&x->gram, sl_gram_home(&x->gram, number), number);
        if (at == UINT32_MAX || (x->start[at + 1] - x->start[at] == len &&
                                 memcmp(x->bytes + x->start[at], bytes, len) == 0)) {
            return at;
        } /* two entries of one number: the sorted strings tell */
    }
    return sl_sorted_find(x->bytes, x->start, x->n, bytes, len);
}

struct sl_polarity sl_lexicon_word(const struct sl_lexicon *x, const struct sl_lexeme *lexeme)
{
    char key[SL_FOLD_MAX + 2];
    struct sl_polarity p = {0};
    uint32_t next;
    if (x->n == 0 || lexeme->folded_len == 0) {
        return p;
    }
    p = at_entry(x, find_entry(x, lexeme->folded, lexeme->folded_len));
    if (p.role == SL_ROLE_NONE || (p.word_class == 0 && x->n_class > 0)) {
        struct sl_polarity stem;
        key[0] = '~';
        memcpy(key + 1, lexeme->stem, lexeme->stem_len);
        stem = at_entry(x, find_entry(x, key, lexeme->stem_len + 1));
        if (p.role == SL_ROLE_NONE) {
            p.role = stem.role;
            p.strength = stem.strength;
        }
        p.word_class = p.word_class == 0 ? stem.word_class : p.word_class;
    }
    p.word_class = p.word_class == SL_NO_CLASS ? 0 : p.word_class;
    memcpy(key, lexeme->folded, lexeme->folded_len);
    key[lexeme->folded_len] = ' ';
    next = sl_sorted_lower(x->bytes, x->start, x->n, key, lexeme->folded_len + 1);
    p.starts_phrase = next < x->n && x->start[next + 1] - x->start[next] > lexeme->folded_len + 1 &&
                      memcmp(x->bytes + x->start[next], key, lexeme->folded_len + 1) == 0;
    return p;
}

struct sl_polarity sl_lexicon_phrase(const struct sl_lexicon *x, const char *phrase, size_t len)
{
    struct sl_polarity p = at_entry(x, find_entry(x, phrase, len));
    p.word_class = p.word_class == SL_NO_CLASS ? 0 : p.word_class;
    return p;
}

const char *sl_class_name(const struct sl_lexicon *x, uint32_t class_number)
{
    static const char *const of_role[SL_N_ROLE_CLASS] = {"POSITIVE", "NEGATIVE", "NOT"};
    return class_number < SL_N_ROLE_CLASS ? of_role[class_number]
                                          : x->class_name[class_number - SL_N_ROLE_CLASS];
}

bool sl_class_name_is_good(const char name[SL_CLASS_NAME])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t len = 0;
    while (len < SL_CLASS_NAME && name[len] != 0) {
        if (strchr(letters, name[len++]) == NULL) {
            return false;
        }
    }
    for (size_t i = len; i < SL_CLASS_NAME; i++) {
        if (name[i] != 0) {
            return false;
        }
    }
    if (len == SL_CLASS_NAME) {
        return false;
    }
    for (uint32_t c = 0; c < SL_N_ROLE_CLASS; c++) {
        if (strcmp(name, sl_class_name(NULL, c)) == 0) {
            return false;
        }
    }
    return len > 0 && strcmp(name, SL_STEM_TARGET) != 0;
}

void sl_phrase_set_read(const struct sl_lexicon *x, struct sl_phrase_set *set)
{
    for (uint32_t i = 0; i < x->n; i++) {
        const char *p = x->bytes + x->start[i];
        const char *end = x->bytes + x->start[i + 1];
        uint32_t before = 0;
        uint32_t last = 0;
        size_t n_word = 0;
        while (p < end && n_word < SL_PHRASE_WORDS) {
            const char *space = memchr(p, ' ', (size_t)(end - p));
            const char *behind = space != NULL ? space : end;
            before = n_word < 2 ? last : sl_phrase_pair(before, last);
            last = sl_phrase_hash(p, (size_t)(behind - p));
            n_word++;
            p = behind + 1;
        }
        if (n_word > 1) {
            uint64_t bits;
            uint32_t place = sl_phrase_place(before, last, &bits);
            set->word[place] |= bits;
        }
    }
}

void sl_lexicon_free(struct sl_lexicon *x)
{
    free((char *)x->bytes);
    free((uint32_t *)x->start);
    free((float *)x->strength);
    free((uint32_t *)x->role);
    free((uint32_t *)x->word_class);
    free((struct sl_gram_bucket *)x->gram.bucket);
    memset(x, 0, sizeof *x);
}

bool sl_lexicon_copy(struct sl_lexicon *to, const struct sl_lexicon *from)
{
    uint32_t *start = sl_array((size_t)from->n + 1, sizeof *start);
    float *strength = sl_array(from->n, sizeof *strength);
    uint32_t *role = sl_array(from->n, sizeof *role);
    uint32_t *word_class = sl_array(from->n, sizeof *word_class);
    size_t len = from->n == 0 ? 0 : from->start[from->n];
    *to = (struct sl_lexicon){.n = from->n,
                              .bytes = sl_copy_bytes(from->n == 0 ? "" : from->bytes, len),
                              .start = start,
                              .strength = strength,
                              .role = role,
                              .word_class = word_class,
                              .n_class = from->n_class};
    memcpy(to->class_name, from->class_name, sizeof to->class_name);
    if (to->bytes == NULL || start == NULL || strength == NULL || role == NULL ||
        word_class == NULL) {
        sl_lexicon_free(to);
        return false;
    }
    start[0] = 0;
    if (from->n > 0) {
        memcpy(start, from->start, ((size_t)from->n + 1) * sizeof *start);
        memcpy(strength, from->strength, from->n * sizeof *strength);
        memcpy(role, from->role, from->n * sizeof *role);
        memcpy(word_class, from->word_class, from->n * sizeof *word_class);
    }
    return true;
}
