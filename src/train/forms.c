#include "train/forms.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool add_characters(struct sl_forms *f, const struct sl_lexeme *lexeme)
{
    struct sl_characters c;
    size_t n = f->gram_start == NULL ? 0 : f->gram_start[f->spelling.n - 1];
    sl_characters_init(&c, lexeme);
    if (!sl_grow(&f->gram_start, &f->cap_start, (size_t)f->spelling.n + 1, sizeof *f->gram_start)) {
        return false;
    }
    f->gram_start[f->spelling.n - 1] = n;
    for (size_t size = SL_CHAR_MIN; size <= SL_CHAR_MAX; size++) {
        for (size_t i = 0; i + size <= c.n; i++) {
            uint32_t gram = sl_strings_add(&f->character, c.padded + c.start[i],
                                           (size_t)(c.start[i + size] - c.start[i]));
            if (gram == SL_TABLE_NONE || !sl_grow(&f->gram, &f->cap_gram, n + 1, sizeof *f->gram)) {
                return false;
            }
            f->gram[n++] = gram;
        }
    }
    f->gram_start[f->spelling.n] = n;
    return true;
}

static bool read_spelling(struct sl_forms *f, const struct sl_lexeme *lexeme, uint32_t *spelling)
{
    uint32_t known = f->spelling.n;
    *spelling = SL_TABLE_NONE;
    if (lexeme->folded_len == 0) {
        return true;
    }
    *spelling = sl_strings_add(&f->spelling, lexeme->folded, lexeme->folded_len);
    return *spelling != SL_TABLE_NONE && (*spelling < known || add_characters(f, lexeme));
}

/* A new form. */
static uint32_t add_form(struct sl_forms *f, const struct sl_lexicon *lexicon,
                         const struct sl_lexeme *lexeme)
{
    struct sl_form form = {.negator = lexeme->negator};
    form.word = sl_strings_add(&f->word, lexeme->stem, lexeme->stem_len);
    if (form.word == SL_TABLE_NONE || !read_spelling(f, lexeme, &form.spelling) ||
        f->n >= SL_TABLE_NONE / 2 || !sl_grow(&f->form, &f->cap, (size_t)f->n + 1, sizeof form)) {
        return SL_TABLE_NONE;
    }
    form.polarity = sl_lexicon_word(lexicon, lexeme);
    f->form[f->n] = form;
    return f->n++;
}

/* Words are known by their bytes, other tokens, which are few, by their stems: those have no
 * characters, and are no negators. */
static uint32_t find_form(struct sl_forms *f, struct sl_lexer *lexer,
                          const struct sl_lexicon *lexicon, const char *text,
                          const struct sl_token *t)
{
    bool is_word = t->kind == SL_TOKEN_WORD;
    struct sl_strings *table = is_word ? &f->written : &f->other;
    uint32_t **of = is_word ? &f->of_written : &f->of_other;
    size_t *cap = is_word ? &f->cap_written : &f->cap_other;
    struct sl_lexeme lexeme;
    uint32_t known = table->n;
    uint32_t number;
    uint32_t form;
    if (!is_word && !sl_lexeme_read(lexer, text, t, &lexeme)) {
        return SL_TABLE_NONE;
    }
    number = is_word ? sl_strings_add(table, text + t->begin, t->end - t->begin)
                     : sl_strings_add(table, lexeme.stem, lexeme.stem_len);
    if (number == SL_TABLE_NONE || number < known) {
        return number == SL_TABLE_NONE ? number : (*of)[number];
    }
    if ((is_word && !sl_lexeme_read(lexer, text, t, &lexeme)) ||
        !sl_grow(of, cap, (size_t)number + 1, sizeof **of) ||
        (form = add_form(f, lexicon, &lexeme)) == SL_TABLE_NONE) {
        return SL_TABLE_NONE;
    }
    (*of)[number] = form;
    return form;
}

uint32_t sl_form_of(struct sl_forms *f, struct sl_lexer *lexer, const struct sl_lexicon *lexicon,
                    const char *text, const struct sl_token *t)
{
    const char *word = text + t->begin;
    size_t len = t->end - t->begin;
    struct sl_recent *recent;
    uint32_t form;
    if (t->kind != SL_TOKEN_WORD || len > SL_RECENT_MAX) {
        return find_form(f, lexer, lexicon, text, t);
    }
    if (f->recent == NULL &&
        (f->recent = sl_array_zero(SL_RECENT_WORDS, sizeof *f->recent)) == NULL) {
        return SL_TABLE_NONE;
    }
    recent = &f->recent[sl_hash(word, len, 0) % SL_RECENT_WORDS];
    if (recent->len == len && memcmp(recent->word, word, len) == 0) {
        return recent->form;
    }
    form = find_form(f, lexer, lexicon, text, t);
    if (form != SL_TABLE_NONE) {
        memcpy(recent->word, word, len);
        recent->len = (uint8_t)len;
        recent->form = form;
    }
    return form;
}

void sl_forms_free(struct sl_forms *f)
{
    sl_strings_free(&f->word);
    sl_strings_free(&f->spelling);
    sl_strings_free(&f->character);
    sl_strings_free(&f->written);
    sl_strings_free(&f->other);
    free(f->form);
    free(f->recent);
    free(f->gram_start);
    free(f->gram);
    free(f->of_written);
    free(f->of_other);
    memset(f, 0, sizeof *f);
}
