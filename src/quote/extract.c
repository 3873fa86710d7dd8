/* From sentences to the attributions of a text: rules sentence by sentence, quotations over them. */
#include "base/memory.h"
#include "base/status.h"
#include "quote/draft.h"
#include "quote/phrase.h"
#include "quote/unheld.h"
#include "text/sentence.h"

#include <stdlib.h>
#include <string.h>

struct sl_quoter *sl_quoter_new(void)
{
    struct sl_quoter *q = sl_array_zero(1, sizeof *q);
    if (q != NULL) {
        q->speakers = sl_speakers_new();
        if (q->speakers == NULL) {
            free(q);
            return NULL;
        }
    }
    return q;
}

void sl_quoter_free(struct sl_quoter *q)
{
    if (q == NULL) {
        return;
    }
    sl_speakers_free(q->speakers);
    free(q->out.attribution);
    free(q->out.content);
    free(q->sentence.p);
    free(q->out.other);
    free(q->draft);
    free(q->part);
    free(q->kept);
    free(q->quotations.p);
    free(q);
}

void sl_quoter_target(struct sl_quoter *q, const struct slant_span *mention, size_t n)
{
    q->mention = mention;
    q->n_mention = n;
}

void sl_quoter_tokens(struct sl_quoter *q, const struct sl_read_token *token, const uint16_t *mark,
                      size_t n)
{
    q->token = token;
    q->mark = mark;
    q->n_token = n;
}

/* Where the tokens begin that are known of the text. */
static void begin_tokens(struct sl_quoter *q, size_t begin)
{
    static const struct sl_read_token none = {.begin = SIZE_MAX};
    static const uint16_t no_mark = 0;
    const size_t first = sl_first_token(q->token, q->n_token, begin);
    q->known = q->token == NULL ? &none : q->token + first;
    q->known_mark = q->token == NULL ? &no_mark : q->mark + first;
    sl_quoter_tokens(q, NULL, NULL, 0); /* they were of this text alone */
}

const char *sl_cue_lemma(uint16_t lemma)
{
    return lemma == 0 ? "" : sl_cue_lemmas[lemma - 1];
}

/* Whether x belongs before the finding that precedes it. */
static bool goes_before(const struct sl_finding *x, const struct sl_finding *preceding)
{
    return preceding->cue.from > x->cue.from && (preceding->outer != 0) == (x->outer != 0);
}

static bool are_sorted(const struct sl_findings *f)
{
    bool sorted = true;
    for (int i = 1; i < f->n; i++) {
        sorted = sorted && !goes_before(&f->p[i], &f->p[i - 1]);
    }
    return sorted;
}

/* In the order of the text, nested ones behind all others. Few, and nearly always sorted. */
static void sort_findings(struct sl_findings *f)
{
    int place[SL_QUOTE_MAX_FINDING]; /* [new] old */
    int moved[SL_QUOTE_MAX_FINDING]; /* [old] new */
    if (are_sorted(f)) {
        return;
    }
    for (int i = 0; i < f->n; i++) {
        struct sl_finding x = f->p[i];
        int k = i;
        while (k > 0 && goes_before(&x, &f->p[k - 1])) {
            f->p[k] = f->p[k - 1];
            place[k] = place[k - 1];
            k--;
        }
        f->p[k] = x;
        place[k] = i;
    }
    for (int i = 0; i < f->n; i++) {
        moved[place[i]] = i;
    }
    for (int i = 0; i < f->n; i++) {
        f->p[i].outer = f->p[i].outer == 0 ? 0 : moved[f->p[i].outer - 1] + 1;
    }
}

static bool add_others(struct sl_quoter *q, struct sl_attribution *x, struct sl_range source)
{
    uint32_t other[8];
    int n = sl_speakers_others(q->speakers, q->clause, source, x->speaker, other, 8);
    x->other = (uint32_t)q->out.n_other;
    x->n_other = (uint32_t)n;
    if (n > 0 &&
        !sl_grow(&q->out.other, &q->cap_other, q->out.n_other + (size_t)n, sizeof *q->out.other)) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        q->out.other[q->out.n_other++] = other[i];
    }
    return true;
}

/* I, we */
static bool is_first_person(const struct sl_clause *c, struct sl_range source)
{
    const char *p = c->text + c->tok[source.from].begin;
    size_t len = c->tok[source.from].end - c->tok[source.from].begin;
    return source.to == source.from + 1 && sl_tag(c, source.from) == TAG_PRON &&
           ((len == 1 && *p == 'I') || (len == 2 && (p[0] | 0x20) == 'w' && p[1] == 'e'));
}

/* Who says I: who is quoted as saying so, or whose turn it is. */
static uint32_t first_person(const struct sl_quoter *q, uint32_t outer)
{
    const uint32_t a = outer != NONE ? outer : q->in_turn ? q->turn : NONE;
    return a == NONE || q->out.attribution[a - 1].nobody ? SL_SPEAKER_UNKNOWN
                                                         : q->out.attribution[a - 1].speaker;
}

/* A: ..., behind Q: ... */
static bool is_answer(const struct sl_quoter *q, const struct sl_finding *f)
{
    return f->frame == SL_FRAME_COLON && f->source.from == 0 && f->source.to == 1 &&
           sl_is_spelled(q->clause, 0, "A") && q->questioned;
}

static bool take_findings(struct sl_quoter *q)
{
    const struct sl_clause *const c = q->clause;
    const struct sl_findings *const found = q->findings;
    uint32_t number[SL_QUOTE_MAX_FINDING]; /* of the attribution made of each finding */
    for (int i = 0; i < found->n; i++) {
        const struct sl_finding *f = &found->p[i];
        uint32_t a = sl_draft_new(q);
        struct sl_attribution *x;
        uint32_t answered;
        if (a == NONE) {
            return false;
        }
        x = &q->out.attribution[a - 1];
        number[i] = a;
        x->source = sl_bytes_of(c, f->source);
        x->cue = sl_bytes_of(c, f->cue);
        x->lemma = f->lemma;
        x->does = f->kind;
        x->frame = f->frame;
        x->grade = f->grade;
        x->denies = f->denies;
        x->negated = f->negated;
        x->tells = f->frame == SL_FRAME_THAT || f->frame == SL_FRAME_BARE ||
                   f->frame == SL_FRAME_QUOTE || f->frame == SL_FRAME_WH ||
                   f->frame == SL_FRAME_COLON || f->frame == SL_FRAME_PTHAT;
        if (f->prior && !sl_draft_own(q, q->prior - 1, a)) {
            return false;
        }
        x->outer = f->outer == 0 ? NONE : number[f->outer - 1];
        for (int k = 0; k < f->n_part; k++) {
            if (!(f->outer == 0 ? sl_draft_range(q, a, f->part[k])
                                : sl_draft_part(q, a, sl_bytes_of(c, f->part[k])))) {
                return false;
            }
        }
        if (f->expects) {
            q->expecting = a;
        }
        if (f->open && (f->quotation != 0 || f->prior)) {
            q->floor = a;
        }
        answered = is_answer(q, f) ? sl_speakers_interviewed(q->speakers) : SL_SPEAKER_UNKNOWN;
        x->speaker =
            answered != SL_SPEAKER_UNKNOWN ? answered : sl_speakers_find(q->speakers, c, f->source);
        if (x->speaker == SL_SPEAKER_NOMEM) {
            return false;
        }
        if (x->speaker == SL_SPEAKER_UNKNOWN && f->source.to > f->source.from &&
            is_first_person(c, f->source)) {
            x->speaker = first_person(q, x->outer);
        }
        if (f->frame == SL_FRAME_COLON && f->source.from == 0 && f->cue.from > 0 && f->outer == 0) {
            q->questioned = q->questioned || sl_is_spelled(c, 0, "Q");
            q->turn = a;
            q->turn_end = c->next;
        }
        x->dated = sl_is_dated(c, f->source);
        x->conceding = sl_is_conceding(c, f);
        x->unheld = sl_unheld(c, found, i);
        x->nobody = sl_is_nobody(c, f->source) ||
                    (x->unheld && f->kind == SL_CUE_DEED && !sl_is_silent(c, f)) ||
                    (f->frame == SL_FRAME_COLON && answered == SL_SPEAKER_UNKNOWN &&
                     sl_is_turn(c, f->source));
        if (!x->nobody && !add_others(q, x, f->source)) {
            return false;
        }
    }
    return true;
}

/* Whether the quotation ends in a question or a cry, behind which a sentence may go on. */
static bool ends_asking(const struct sl_quoter *q, const struct sl_quotation *p)
{
    return q->text[p->closer - 1] == '?' || q->text[p->closer - 1] == '!';
}

/* A quotation whose cue did not follow is the floor's. */
static bool settle(struct sl_quoter *q)
{
    uint32_t k = q->asked;
    q->asked = NONE;
    return k == NONE || q->floor == NONE || q->quotations.p[k - 1].owner != NONE ||
           sl_draft_own(q, k - 1, q->floor);
}

/* Whether a dash follows at `at`: "..." - X */
static bool is_signed(const struct sl_quoter *q, size_t at)
{
    while (at < q->len && (q->text[at] == ' ' || q->text[at] == '\n')) {
        at++;
    }
    return (at + 3 <= q->len && memcmp(q->text + at, "\xe2\x80", 2) == 0 &&
            ((unsigned char)q->text[at + 2] == 0x93 || (unsigned char)q->text[at + 2] == 0x94)) ||
           (at + 1 < q->len && q->text[at] == '-');
}

/* Whether the sentence is a name, near behind a quotation's end. */
static bool signature(const struct sl_clause *c, size_t end)
{
    int k = 0;
    while (k < c->n &&
           (sl_in_np(c->tok[k].tag) || c->tok[k].flags & TOK_CAP || c->tok[k].tag == TAG_COMMA ||
            c->tok[k].tag == TAG_CONJ || c->tok[k].tag == TAG_PREP || c->tok[k].tag == TAG_DASH)) {
        k++;
    }
    while (k < c->n && c->tok[k].tag == TAG_STOP) {
        k++;
    }
    return k == c->n && k <= 12 && c->span.begin - end <= 8 &&
           (c->tok[c->tok[0].tag == TAG_DASH].flags & TOK_CAP);
}

static bool take_signature(struct sl_quoter *q, uint32_t quotation)
{
    struct sl_clause *c = q->clause;
    struct sl_finding *f = &q->findings->p[0];
    int from = c->tok[0].tag == TAG_DASH;
    int to = c->n;
    uint32_t a;
    while (to > from && c->tok[to - 1].tag == TAG_STOP) {
        to--;
    }
    memset(f, 0, sizeof *f);
    f->source = (struct sl_range){from, to};
    f->frame = SL_FRAME_COLON;
    f->grade = 2;
    q->findings->n = 1;
    if (!sl_speakers_names(q->speakers, c, (uint32_t)q->out.n_sentence - 1) || !take_findings(q)) {
        return false;
    }
    a = (uint32_t)q->out.n;
    q->floor = a;
    return sl_draft_own(q, quotation, a);
}

/* Whether the clause goes on with the turn that is open: in a transcript, up to the line's end. */
static bool goes_on(struct sl_quoter *q)
{
    if (!q->transcript || q->turn == NONE) {
        return false;
    }
    if (memchr(q->text + q->turn_end, '\n', q->clause->span.begin - q->turn_end) != NULL) {
        q->turn = NONE;
    }
    return q->turn != NONE;
}

/* Whether a quotation ends right before the clause: what stands before it decides how the rules read it. */
static bool follows_quotation(const struct sl_quoter *q, const struct sl_clause *c)
{
    return c->quotation > 0 && c->span.begin - q->quotations.p[c->quotation - 1].end <= 1;
}

static void apply_rules(struct sl_quoter *q, struct sl_piece *p, bool after_quotation)
{
    sl_rules_apply(&p->clause, &q->quotations, after_quotation, &p->findings);
    sort_findings(&p->findings);
}

/* Quotations alone, without a word beside them: the floor's, or of whom a colon announced. */
static bool take_quoted(struct sl_quoter *q)
{
    const struct sl_clause *c = q->clause;
    uint32_t k = c->quotation;
    uint32_t a;
    if (!settle(q)) {
        return false;
    }
    a = q->expecting != NONE ? q->expecting : q->floor;
    for (; k < q->quotations.n && q->quotations.p[k].begin < c->next; k++) {
        struct sl_quotation *p = &q->quotations.p[k];
        if (p->owner == NONE && p->end <= c->next) {
            if (is_signed(q, p->end)) {
                q->signed_quote = k + 1;
                continue;
            }
            if (ends_asking(q, p) && q->expecting == NONE) {
                q->asked = k + 1; /* the floor's, unless a cue follows */
                continue;
            }
            if (a == NONE) {
                continue;
            }
            if (!sl_draft_own(q, k, a)) {
                return false;
            }
            q->expecting = NONE;
            q->floor = a;
        }
    }
    return true;
}

/* What the rules found in a piece, in the light of those before it. */
static bool take_plain(struct sl_quoter *q, struct sl_piece *p)
{
    struct sl_clause *c = q->clause;
    uint32_t floor;
    uint32_t asked;
    if (q->expecting != NONE) {
        uint32_t a = q->expecting;
        q->expecting = NONE;
        if (c->tok[0].tag == TAG_QO) {
            if (!sl_draft_own(q, c->tok[0].quotation, a)) {
                return false;
            }
        } else if (!sl_draft_part(q, a, c->span)) {
            return false;
        } else {
            return true; /* it is content */
        }
    }
    floor = q->floor;
    q->floor = NONE;
    if (q->signed_quote != NONE) {
        uint32_t k = q->signed_quote - 1;
        q->signed_quote = NONE;
        if (signature(c, q->quotations.p[k].end)) {
            return take_signature(q, k);
        }
    }
    if (!sl_speakers_names(q->speakers, c, (uint32_t)q->out.n_sentence - 1)) {
        return false;
    }
    asked = q->asked;
    q->asked = NONE;
    if (follows_quotation(q, c)) {
        apply_rules(q, p, asked != NONE && c->span.begin - q->quotations.p[asked - 1].end <= 1);
    }
    q->in_turn = goes_on(q);
    if (q->in_turn) {
        q->turn_end = c->next;
        if (p->findings.n == 0 && c->words == CLAUSE_PLAIN && !sl_draft_part(q, q->turn, c->span)) {
            return false;
        }
    }
    for (int i = 0; i < p->findings.n; i++) {
        if (p->findings.p[i].prior) {
            q->prior = asked;
            asked = NONE;
        }
    }
    if (asked != NONE && floor != NONE && !sl_draft_own(q, asked - 1, floor)) {
        return false;
    }
    return take_findings(q);
}

/* Takes the attributions of the pieces that were read. What the rules find in one hardly ever hangs on those before
 * it, but whose it is does. */
static bool take_pieces(struct sl_quoter *q)
{
    struct sl_piece *const end = q->piece + q->n_piece;
    bool taken = true;
    for (struct sl_piece *p = q->piece; p < end; p++) {
        if (p->clause.words & CLAUSE_PLAIN) {
            sl_clause_tag(&p->clause);
        }
    }
    for (struct sl_piece *p = q->piece; p < end; p++) {
        if (p->clause.words & CLAUSE_PLAIN && !follows_quotation(q, &p->clause)) {
            apply_rules(q, p, false);
        }
    }
    for (struct sl_piece *p = q->piece; p < end && taken; p++) {
        q->clause = &p->clause;
        q->findings = &p->findings;
        q->out.n_sentence = p->sentence;
        taken = p->clause.words & CLAUSE_PLAIN ? take_plain(q, p)
                : p->clause.words != 0         ? take_quoted(q)
                                               : true;
    }
    q->n_piece = 0;
    return taken;
}

/* Reads sentence number n of the text, from 1. */
static bool read_sentence(struct sl_quoter *q, struct slant_span s, uint32_t n)
{
    while (s.begin < s.end) {
        struct sl_piece *p = &q->piece[q->n_piece++];
        p->sentence = n;
        p->clause.text = q->text;
        p->clause.len = q->len;
        p->clause.span = s;
        p->clause.known = q->known;
        p->clause.mark = q->known_mark;
        sl_clause_read(&p->clause, &q->quotations, &q->next_quotation);
        q->known = p->clause.known;
        q->known_mark = p->clause.mark;
        s.begin = p->clause.next;
        if (q->n_piece == SL_PIECES && !take_pieces(q)) {
            return false;
        }
    }
    return true;
}

/* Whether several lines begin with a capital and have a colon near: with who speaks. */
static bool is_transcript(const char *text, struct slant_span range)
{
    enum { FEWEST = 3, LABEL = 40 };
    const char *end = text + range.end;
    int n = 0;
    for (const char *p = text + range.begin; p < end && n < FEWEST;) {
        size_t left = (size_t)(end - p);
        const char *colon =
            *p >= 'A' && *p <= 'Z' ? memchr(p, ':', left < LABEL ? left : LABEL) : NULL;
        n += colon != NULL && memchr(p, '\n', (size_t)(colon - p)) == NULL;
        p = memchr(p, '\n', left);
        if (p == NULL) {
            break;
        }
        p++;
    }
    return n >= FEWEST;
}

enum slant_status sl_quoter_read_sentences(struct sl_quoter *q, const char *text,
                                           struct slant_span range,
                                           const struct slant_span *sentence, size_t n,
                                           const struct sl_quotes **out, struct slant_error *err)
{
    size_t n_mention;
    q->out.n = q->out.n_content = q->out.n_sentence = q->out.n_other = 0;
    q->out.sentence = sentence;
    q->n_part = 0;
    q->next_quotation = q->floor = q->expecting = q->signed_quote = q->asked = q->turn = NONE;
    q->turn_end = 0;
    q->transcript = is_transcript(text, range);
    q->questioned = false;
    q->n_piece = 0;
    q->text = text;
    q->len = range.end;
    begin_tokens(q, range.begin);
    n_mention = q->n_mention;
    q->n_mention = 0; /* they were of this text alone */
    if (!sl_quotations_find(text, range, &q->quotations) ||
        !sl_speakers_begin(q->speakers, text, q->mention, n_mention)) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < n; i++) {
        if (!read_sentence(q, sentence[i], (uint32_t)i + 1)) {
            return sl_fail_nomem(err);
        }
    }
    if (!take_pieces(q)) {
        return sl_fail_nomem(err);
    }
    q->out.n_sentence = n;
    if (!settle(q) || !sl_drafts_finish(q)) {
        return sl_fail_nomem(err);
    }
    sl_speakers_give(q->speakers, &q->out);
    *out = &q->out;
    return SLANT_OK;
}

enum slant_status sl_quoter_read(struct sl_quoter *q, const char *text, size_t len, bool line,
                                 const struct sl_language *language, const struct sl_quotes **out,
                                 struct slant_error *err)
{
    struct sl_sentences it;
    struct slant_span s = {0, len};
    size_t n = 0;
    sl_sentences_init(&it, text, line ? 0 : len, language);
    while (line ? n == 0 && len > 0 : sl_sentences_next(&it, &s)) {
        if (!sl_grow(&q->sentence.p, &q->sentence.cap, n + 1, sizeof s)) {
            return sl_fail_nomem(err);
        }
        q->sentence.p[n++] = s;
    }
    return sl_quoter_read_sentences(q, text, (struct slant_span){0, len}, q->sentence.p, n, out,
                                    err);
}
