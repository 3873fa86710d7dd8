/* Text for measuring, made from the project's own training text with a seeded generator: the same
 * bytes each time.
 *
 * usage: generate KIND SIZE TRAINING.tsv...
 *   growing   SIZE bytes, a sentence a line: a chain of word pairs seen in the training text, where
 *             some words are numbers or made up; the made-up ones grow in number as a power of the
 *             text's length (Pitman & Yor 1997), as the vocabulary of real text does (Heaps)
 *   repeated  the same chain without new words: new sentences of known words
 *   distinct  words drawn evenly from the dictionary of the training text: nearly no pair twice
 *   new       every word made up: what a hostile text can cost
 *   articles  growing, as JSON Lines of articles of about 25 sentences
 *   rows      SIZE labelled rows, TSV: growing, labels of the sentence that each begins like */
#include "base/rng.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS = 3, MAX_WORDS = 40, STARTS = 1 << 15 };

static void *must(void *p)
{
    if (p == NULL) {
        fputs("generate: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

/* Words of the training text in order; a sentence ends with word NULL. */
struct text {
    char **word; /* [n] */
    uint32_t *id, *next; /* [n]: number of the word; the next place of the same word, in a ring */
    size_t n, cap;
    size_t *start; /* of sentences */
    int *label;    /* of sentences: stance * LABELS + sentiment */
    size_t n_start, cap_start;
    char **dictionary;
    size_t n_dictionary;
};

static const char *const stances[LABELS] = {"favor", "against", "none"};
static const char *const sentiments[LABELS] = {"negative", "neutral", "positive"};

static int label_of(const char *const *names, const char *label)
{
    for (int i = 0; label != NULL && i < LABELS; i++) {
        if (strcmp(names[i], label) == 0) {
            return i;
        }
    }
    return 0;
}

static void add_word(struct text *t, char *word)
{
    if (t->n == t->cap) {
        t->cap = t->cap == 0 ? 1 << 16 : 2 * t->cap;
        t->word = must(realloc(t->word, t->cap * sizeof *t->word));
    }
    t->word[t->n++] = word;
}

static void add_sentence(struct text *t, char *text, int label)
{
    if (t->n_start == t->cap_start) {
        t->cap_start = t->cap_start == 0 ? 1 << 12 : 2 * t->cap_start;
        t->start = must(realloc(t->start, t->cap_start * sizeof *t->start));
        t->label = must(realloc(t->label, t->cap_start * sizeof *t->label));
    }
    t->start[t->n_start] = t->n;
    t->label[t->n_start++] = label;
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
        add_word(t, word);
    }
    add_word(t, NULL);
}

static char *field(char **line)
{
    char *start = *line;
    char *tab = start == NULL ? NULL : strchr(start, '\t');
    if (tab != NULL) {
        *tab++ = 0;
    }
    *line = tab;
    return start;
}

static void read_rows(struct text *t, const char *path)
{
    FILE *f = fopen(path, "rb");
    int stance = -1;
    int sentiment = -1;
    int text = -1;
    bool header = true;
    char *all;
    long len;
    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (len = ftell(f)) < 0) {
        perror(path);
        exit(1);
    }
    rewind(f);
    all = must(malloc((size_t)len + 1)); /* kept: words point into it */
    if (fread(all, 1, (size_t)len, f) != (size_t)len) {
        perror(path);
        exit(1);
    }
    all[len] = 0;
    (void)fclose(f);
    while (all != NULL && *all != 0) {
        char *end = strchr(all, '\n');
        char *line = all;
        char *value[3] = {NULL, NULL, NULL};
        if (end != NULL) {
            *end++ = 0;
        }
        for (int i = 0; line != NULL; i++) {
            char *cell = field(&line);
            if (header) {
                stance = strcmp(cell, "stance") == 0 ? i : stance;
                sentiment = strcmp(cell, "sentiment") == 0 ? i : sentiment;
                text = strcmp(cell, "text") == 0 ? i : text;
            } else {
                value[0] = i == stance ? cell : value[0];
                value[1] = i == sentiment ? cell : value[1];
                value[2] = i == text ? cell : value[2];
            }
        }
        if (value[2] != NULL) {
            add_sentence(t, value[2], label_of(stances, value[0]) * LABELS +
                                          label_of(sentiments, value[1]));
        }
        header = false;
        all = end;
    }
}

static int by_word(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Numbers the words, and rings the places of each. */
static void index_words(struct text *t)
{
    uint32_t *last = must(malloc((t->n + 1) * sizeof *last));
    uint32_t *first = must(malloc((t->n + 1) * sizeof *first));
    size_t n = 0;
    t->dictionary = must(malloc((t->n + 1) * sizeof *t->dictionary));
    for (size_t i = 0; i < t->n; i++) {
        if (t->word[i] != NULL) {
            t->dictionary[n++] = t->word[i];
        }
    }
    qsort(t->dictionary, n, sizeof *t->dictionary, by_word);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(t->dictionary[i], t->dictionary[t->n_dictionary - 1]) != 0) {
            t->dictionary[t->n_dictionary++] = t->dictionary[i];
        }
    }
    t->id = must(malloc(t->n * sizeof *t->id));
    t->next = must(malloc(t->n * sizeof *t->next));
    memset(last, 0xff, t->n_dictionary * sizeof *last);
    for (size_t i = 0; i < t->n; i++) {
        char **found;
        if (t->word[i] == NULL) {
            continue;
        }
        found = bsearch(&t->word[i], t->dictionary, t->n_dictionary, sizeof *t->dictionary, by_word);
        t->id[i] = (uint32_t)(found - t->dictionary);
        if (last[t->id[i]] == UINT32_MAX) {
            first[t->id[i]] = (uint32_t)i;
        } else {
            t->next[last[t->id[i]]] = (uint32_t)i;
        }
        last[t->id[i]] = (uint32_t)i;
        t->next[i] = first[t->id[i]];
    }
    free(last);
    free(first);
}

/* ---- made-up words ---- */

struct made {
    char (*word)[32];
    size_t n, cap;
    uint32_t *drawn; /* every draw: one of them, evenly, is a word by its frequency */
    size_t n_drawn, cap_drawn;
};

static uint32_t below(struct sl_rng *rng, size_t n)
{
    return (uint32_t)sl_rng_below(rng, n);
}

/* The start of one word and the end of another. */
static void make_up(const struct text *t, struct sl_rng *rng, char out[32])
{
    size_t n = 0;
    for (int part = 0; part < 2 + (below(rng, 4) == 0); part++) {
        const char *from = t->dictionary[below(rng, t->n_dictionary)];
        size_t len = strlen(from);
        size_t take = 2 + below(rng, 4);
        size_t at = len > take ? below(rng, len - take) : 0;
        for (size_t i = at; i < len && i < at + take && n < 30; i++) {
            char c = (char)(from[i] | 0x20);
            if (c >= 'a' && c <= 'z') {
                out[n++] = c;
            }
        }
    }
    while (n < 3) {
        out[n++] = (char)('a' + below(rng, 26));
    }
    if (below(rng, 3) == 0) {
        out[0] = (char)(out[0] - 32);
    }
    out[n] = 0;
}

static const char *draw_made(const struct text *t, struct made *m, struct sl_rng *rng)
{
    static const double discount = 0.84;
    double chance = (discount * (double)m->n + 40) / ((double)m->n_drawn + 40);
    uint32_t id;
    if ((double)below(rng, 1000000) < chance * 1e6) {
        if (m->n == m->cap) {
            m->cap = m->cap == 0 ? 1 << 12 : 2 * m->cap;
            m->word = must(realloc(m->word, m->cap * sizeof *m->word));
        }
        make_up(t, rng, m->word[m->n]);
        id = (uint32_t)m->n++;
    } else {
        id = m->drawn[below(rng, m->n_drawn)];
    }
    if (m->n_drawn == m->cap_drawn) {
        m->cap_drawn = m->cap_drawn == 0 ? 1 << 12 : 2 * m->cap_drawn;
        m->drawn = must(realloc(m->drawn, m->cap_drawn * sizeof *m->drawn));
    }
    m->drawn[m->n_drawn++] = id;
    return m->word[id];
}

/* ---- sentences ---- */

enum kind { GROWING, REPEATED, DISTINCT, NEW, ARTICLES, ROWS, N_KIND };
static const char *const kind_name[N_KIND] = {"growing", "repeated", "distinct",
                                              "new",     "articles", "rows"};

static bool is_plain(const char *word)
{
    for (; *word != 0; word++) {
        if (*word < 'a' || *word > 'z') {
            return false;
        }
    }
    return true;
}

static size_t put(char *out, size_t n, const char *word)
{
    size_t len = strlen(word);
    memcpy(out + n, word, len);
    return n + len;
}

/* Another place of the word at `at`, evenly among up to 32 that follow it in the ring. */
static size_t elsewhere(const struct text *t, struct sl_rng *rng, size_t at)
{
    for (uint32_t steps = below(rng, 32); steps > 0; steps--) {
        at = t->next[at];
    }
    return at;
}

static size_t sentence(const struct text *t, struct made *m, struct sl_rng *rng, enum kind kind,
                       size_t start, char *out)
{
    size_t n = 0;
    size_t at = t->start[start];
    size_t words = 8 + below(rng, 24);
    for (size_t i = 0; i < MAX_WORDS; i++) {
        const char *word = t->word[at];
        char number[32];
        if (kind == DISTINCT || kind == NEW) {
            char made[32];
            if (i == words) {
                break;
            }
            if (kind == NEW) {
                make_up(t, rng, made);
                (void)snprintf(number, sizeof number, "%.12s%x", made, below(rng, 1u << 30));
                word = number;
            } else {
                word = t->dictionary[below(rng, t->n_dictionary)];
            }
        } else if (word == NULL) {
            break;
        } else if (kind != REPEATED && strlen(word) > 4 && is_plain(word)) {
            if (below(rng, 100) < 12) {
                word = draw_made(t, m, rng);
            } else if (below(rng, 100) < 2) {
                (void)snprintf(number, sizeof number, below(rng, 2) == 0 ? "%u" : "%u.%u",
                               below(rng, 1u << (1 + below(rng, 16))), below(rng, 100));
                word = number;
            }
        }
        if (n > 0) {
            out[n++] = ' ';
        }
        n = put(out, n, word);
        if (kind != DISTINCT && kind != NEW) {
            at = elsewhere(t, rng, at) + 1;
        }
    }
    if (n > 0 && out[n - 1] != '.' && out[n - 1] != '"' && out[n - 1] != '?') {
        out[n++] = '.';
    }
    return n;
}

static size_t put_json(char *out, size_t n, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"' || text[i] == '\\') {
            out[n++] = '\\';
        }
        out[n++] = text[i];
    }
    return n;
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    static char buffer[1 << 20];
    struct text t = {0};
    struct made m = {0};
    struct sl_rng rng = {20260501};
    enum kind kind = GROWING;
    uint64_t size;
    uint64_t done = 0;
    if (argc < 4) {
        fputs("usage: generate KIND SIZE TRAINING.tsv...\n", stderr);
        return 2;
    }
    while (kind < N_KIND && strcmp(kind_name[kind], argv[1]) != 0) {
        kind++;
    }
    size = strtoull(argv[2], NULL, 10);
    if (kind == N_KIND || size == 0) {
        fputs("generate: no such KIND, or no SIZE\n", stderr);
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        read_rows(&t, argv[i]);
    }
    if (t.n_start == 0) {
        fputs("generate: no rows\n", stderr);
        return 1;
    }
    index_words(&t);
    rng.state += (uint64_t)kind;
    (void)setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if (kind == ROWS) {
        fputs("group\tsubject\tstance\tsentiment\ttext\n", stdout);
    }
    for (uint64_t number = 1; done < size; number++) {
        char text[MAX_WORDS * 64];
        size_t n = 0;
        if (kind == ARTICLES) {
            n = (size_t)snprintf(line, sizeof line, "{\"id\":\"a%llu\",\"text\":\"",
                                 (unsigned long long)number);
            for (uint32_t s = 10 + below(&rng, 30); s > 0; s--) {
                size_t len = sentence(&t, &m, &rng, kind, below(&rng, t.n_start), text);
                n = put_json(line, n, text, len);
                n = put(line, n, s == 1 ? "" : below(&rng, 4) == 0 ? "\\n\\n" : " ");
            }
            n = put(line, n, "\"}");
        } else if (kind == ROWS) {
            size_t start = below(&rng, t.n_start);
            size_t len = sentence(&t, &m, &rng, kind, start, text);
            n = (size_t)snprintf(line, sizeof line, "g%llu\tvendor ban\t%s\t%s\t%.*s",
                                 (unsigned long long)(number / 10), stances[t.label[start] / LABELS],
                                 sentiments[t.label[start] % LABELS], (int)len, text);
        } else {
            n = sentence(&t, &m, &rng, kind, below(&rng, t.n_start), line);
        }
        line[n++] = '\n';
        if (fwrite(line, 1, n, stdout) != n) {
            perror("generate");
            return 1;
        }
        done += kind == ROWS ? 1 : n;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
