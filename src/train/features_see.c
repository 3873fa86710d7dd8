/* Features, first pass: everything that occurs, in order of sight. */
#include "base/memory.h"
#include "train/features_parts.h"

#include <stdlib.h>
#include <string.h>

static bool add_word(struct sl_numbers *w, uint32_t word)
{
    if (!sl_grow(&w->p, &w->cap, w->n + 1, sizeof *w->p)) {
        return false;
    }
    w->p[w->n++] = word;
    return true;
}

void sl_seen_free(struct sl_seen *s)
{
    sl_forms_free(&s->forms);
    free(s->token.p);
    free(s->first);
    free(s->part.p);
    free(s->word);
    sl_ngrams_free(&s->ngrams);
    free(s->vector);
}

/* The frame about the target, or the outline, for the n-grams of it that occur nowhere else: they
 * hold a class. */
static bool see_parts(struct sl_seen *s, const struct sl_lexicon *lexicon,
                      const struct sl_readings *readings, bool frame)
{
    for (size_t i = 0; i < readings->n; i++) {
        uint8_t part = readings->part[i];
        uint32_t now = readings->p[i].word;
        if (part == SL_PART_OUT) {
            if (frame && readings->distance[i].decay > SL_FRAME_REACH &&
                !add_word(&s->part, SL_NO_WORD)) {
                return false;
            }
            continue;
        }
        if (part >= SL_PART_CLASS) {
            const char *word = sl_class_name(lexicon, part - SL_PART_CLASS);
            now = sl_strings_add(&s->forms.word, word, strlen(word));
        }
        if (now == SL_TABLE_NONE || !add_word(&s->part, now)) {
            return false;
        }
    }
    return add_word(&s->part, SL_NO_WORD);
}

static bool see_row(struct sl_seen *s, struct sl_lexer *lexer, const struct sl_material *material,
                    struct sl_readings *readings, const struct sl_row *row)
{
    struct sl_tokens it;
    struct sl_token t;
    struct sl_negation negation = {0};
    const struct sl_lexicon *lexicon = &material->lexicon;
    bool frame = lexicon->n > 0 && row->n_mask > 0;
    bool outline = lexicon->n_class > 0;
    readings->n = 0;
    sl_tokens_init(&it, row->text.p, 0, row->text.len, row->mask, row->n_mask);
    it.names_too = material->target_words;
    while (sl_tokens_next(&it, &t)) {
        uint32_t number = sl_form_of(&s->forms, lexer, lexicon, row->text.p, &t);
        const struct sl_form *form;
        if (number == SL_TABLE_NONE) {
            return false;
        }
        form = &s->forms.form[number];
        number = 2 * number + sl_negation_step(&negation, t.after_break, form->negator);
        if (!add_word(&s->token, number)) {
            return false;
        }
        if (frame || outline) {
            struct sl_reading now = {.word = form->word,
                                     .polarity = form->polarity,
                                     .negator = form->negator,
                                     .mention = t.kind == SL_TOKEN_MENTION,
                                     .after_break = t.after_break,
                                     .begin = t.begin,
                                     .end = t.end};
            if (!sl_readings_add(readings, &now)) {
                return false;
            }
        }
    }
    return add_word(&s->token, SL_NO_WORD) &&
           (!frame || (sl_readings_frame(readings, lexicon, row->text.p) &&
                       see_parts(s, lexicon, readings, true))) &&
           (!outline || (sl_readings_outline(readings, lexicon, row->text.p) &&
                         see_parts(s, lexicon, readings, false)));
}

bool sl_seen_rows(struct sl_seen *s, const struct sl_rows *rows, const struct sl_material *material,
                  struct sl_lexer *lexer)
{
    struct sl_readings readings = {0};
    bool good = (s->first = sl_array(rows->n + 1, sizeof *s->first)) != NULL;
    for (size_t r = 0; good && r < rows->n; r++) {
        s->first[r] = s->token.n;
        good = see_row(s, lexer, material, &readings, &rows->row[r]);
    }
    if (good) {
        s->first[rows->n] = s->token.n;
    }
    sl_readings_free(&readings);
    return good;
}
