#include "input/articles.h"
#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "input/encoding.h"
#include "input/html_article.h"
#include "input/input.h"
#include "input/table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { READ = 1 << 18 }; /* bytes asked for at once: a chunk's usual size */

enum slant_status sl_chunks_init(struct sl_chunks *c, const struct slant_input *in,
                                 struct slant_error *err)
{
    memset(c, 0, sizeof *c);
    c->in = in;
    return sl_input_check(in, err);
}

void sl_chunks_free(struct sl_chunks *c)
{
    sl_stream_close(c->stream);
    free(c->rest);
}

static bool room(struct sl_chunk *out, size_t len)
{
    return sl_grow(&out->bytes, &out->cap, len, 1);
}

static void fail_chunk(struct sl_chunk *out, const struct slant_error *error)
{
    out->failed = true;
    out->error = *error;
}

/* The format that is given or named by the extension, if any. A table is refused: its columns are not
 * articles. */
static enum slant_status choose_format(const struct slant_input *in, const char *path,
                                       enum slant_format *format, struct slant_error *err)
{
    *format = in->format != SLANT_FORMAT_AUTO ? in->format : sl_format_of(path);
    if (*format == SLANT_FORMAT_TSV || *format == SLANT_FORMAT_CSV) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "%s: a table is no article; give text, or JSON Lines, a line "
                       "{\"id\": ..., \"text\": ...} for each article",
                       path);
    }
    return SLANT_OK;
}

enum told { NO, YES, NOT_YET };

static size_t skip(const char *p, size_t at, size_t len, const char *bytes)
{
    while (at < len && p[at] != 0 && strchr(bytes, p[at]) != NULL) {
        at++;
    }
    return at;
}

/* Whether a file that begins so is JSON Lines: {"key": on a line, behind a byte order mark and blank lines,
 * which these may have. */
static enum told is_json_lines(const char *p, size_t len)
{
    size_t at = sl_mark_len(p, len);
    if (at == 0 && len > 0 && len < 3 && (unsigned char)p[0] == 0xef) {
        return NOT_YET; /* half a mark */
    }
    at = skip(p, at, len, " \t\r\n");
    if (at < len && p[at] != '{') {
        return NO;
    }
    at = skip(p, at + 1, len, " \t");
    if (at < len && p[at] != '"') {
        return NO;
    }
    for (at++; at < len && p[at] != '"'; at++) {
        if (p[at] == '\n') {
            return NO;
        }
    }
    at = skip(p, at + 1, len, " \t");
    return at >= len ? NOT_YET : p[at] == ':' ? YES : NO;
}

/* Looks no further than it must: a pipe may be slow. */
static enum slant_status begins_json_lines(struct sl_stream *stream, bool *out,
                                           struct slant_error *why)
{
    enum { MOST = 1 << 16 }; /* bytes that do not tell */
    const char *p;
    size_t len = 0;
    size_t before;
    enum told told;
    do {
        before = len;
        SL_TRY(sl_stream_ahead(stream, len + 1, &p, &len, why));
        told = is_json_lines(p, len);
    } while (told == NOT_YET && len > before && len < MOST);
    *out = told == YES;
    return SLANT_OK;
}

static enum slant_status open_file(struct sl_chunks *c, const char *path, struct slant_error *why)
{
    bool json_lines;
    SL_TRY(choose_format(c->in, path, &c->format, why));
    SL_TRY(sl_stream_open(path, &c->stream, why));
    c->line = 1;
    c->offset = 0;
    if (c->format == SLANT_FORMAT_AUTO) {
        SL_TRY(begins_json_lines(c->stream, &json_lines, why));
        c->format = json_lines ? SLANT_FORMAT_JSONL : SLANT_FORMAT_TEXT;
    }
    return SLANT_OK;
}

static enum slant_status whole_file(struct sl_stream *stream, struct sl_chunk *out,
                                    struct slant_error *why)
{
    char *bytes;
    size_t len;
    SL_TRY(sl_stream_read_all(stream, SLANT_MAX_TEXT, &bytes, &len, why));
    free(out->bytes);
    out->bytes = bytes;
    out->len = len;
    out->cap = len + 1;
    return SLANT_OK;
}

static enum slant_status check_text(struct sl_chunk *c, struct slant_error *why)
{
    SL_TRY(sl_check_mark(sl_file_shown(c->path), c->bytes, c->len, why));
    return sl_check_text(sl_file_shown(c->path), c->bytes, c->len, why);
}

/* Whether neither the caller nor the extension tells the format. */
static bool is_unnamed(const struct slant_input *in, const char *path)
{
    return in->format == SLANT_FORMAT_AUTO && sl_format_of(path) == SLANT_FORMAT_AUTO;
}

static bool begins_with(const char *p, size_t len, size_t at, const char *begin)
{
    size_t n = strlen(begin);
    return len - at >= n && sl_same_letters_n(p + at, begin, n);
}

/* Where what begins with `begin` at `at` has been left behind, and blanks too; `at`: another thing stands there. */
static size_t pass(const char *p, size_t len, size_t at, const char *begin, const char *end)
{
    const size_t n = strlen(end);
    if (!begins_with(p, len, at, begin)) {
        return at;
    }
    for (at += strlen(begin); len - at >= n; at++) {
        if (memcmp(p + at, end, n) == 0) {
            return at + n + sl_text_begin(p + at + n, len - at - n);
        }
    }
    return len;
}

/* Whether it begins as a web page does. */
static bool begins_page(const char *p, size_t len)
{
    size_t at = sl_text_begin(p, len);
    size_t before;
    at = pass(p, len, at, "<?xml", ">");
    do {
        before = at;
        at = pass(p, len, at, "<!--", "-->");
    } while (at > before);
    return begins_with(p, len, at, "<!doctype html") || begins_with(p, len, at, "<html");
}

/* What to do with a file of readable bytes that is no text, or NULL. */
static const char *not_text(const char *p, size_t len)
{
    static const struct {
        const char *begin, *advice;
    } known[] = {{"%PDF-", "a PDF; pdftotext makes text of it"},
                 {"{\\rtf", "rich text; save it as plain text"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].begin);
        if (len >= n && memcmp(p, known[i].begin, n) == 0) {
            return known[i].advice;
        }
    }
    return NULL;
}

/* What nothing names, and would be scored as prose, braces and all: told, rather than guessed. */
static enum slant_status check_prose(const struct sl_chunk *out, struct slant_error *why)
{
    const char *advice = not_text(out->bytes, out->len);
    bool json;
    if (advice != NULL) {
        return sl_fail(why, SLANT_ERR_ROW, 0, "%.180s: %s", sl_file_shown(out->path), advice);
    }
    SL_TRY(sl_json_is(out->bytes, out->len, &json, why));
    return !json ? SLANT_OK
                 : sl_fail(why, SLANT_ERR_ROW, 0,
                           "%.180s: JSON, but no object a line; jq -c '.[]' makes lines of a list, "
                           "jq -c . "
                           "of an object, and --input text scores it as it stands",
                           sl_file_shown(out->path));
}

/* A file that is read whole: as a page, if it is one that nothing names so. */
static enum slant_status read_whole(const struct sl_chunks *c, struct sl_chunk *out,
                                    struct slant_error *why)
{
    const bool unnamed = is_unnamed(c->in, out->path);
    SL_TRY(whole_file(c->stream, out, why));
    if (unnamed && begins_page(out->bytes, out->len)) {
        out->format = SLANT_FORMAT_HTML;
    }
    if (out->format == SLANT_FORMAT_TEXT) {
        SL_TRY(check_text(out, why));
    }
    return unnamed && out->format == SLANT_FORMAT_TEXT ? check_prose(out, why) : SLANT_OK;
}

/* The end of the last whole line in p[0, len), or 0. */
static size_t last_line_end(const char *p, size_t len)
{
    while (len > 0 && p[len - 1] != '\n') {
        len--;
    }
    return len;
}

/* Reads on until there is a whole line, or the file ends. */
static enum slant_status read_lines(struct sl_chunks *c, struct sl_chunk *out,
                                    struct slant_error *err)
{
    size_t searched = c->len_rest;
    size_t end = 0;
    if (!room(out, c->len_rest + READ)) {
        return sl_fail_nomem(err);
    }
    memcpy(out->bytes, c->rest == NULL ? "" : c->rest, c->len_rest);
    out->len = c->len_rest;
    c->len_rest = 0;
    while (end == 0) {
        struct slant_error why;
        size_t got;
        if (!room(out, out->len + READ)) {
            return sl_fail_nomem(err);
        }
        enum slant_status status =
            sl_stream_read(c->stream, out->bytes + out->len, READ, &got, &why);
        if (status == SLANT_ERR_NOMEM) {
            return sl_fail_nomem(err);
        }
        if (status != SLANT_OK) {
            c->ended = true;
            fail_chunk(out, &why);
            return SLANT_OK;
        }
        if (got == 0) {
            c->ended = true;
            return SLANT_OK; /* what is left is the last line, without its end */
        }
        out->len += got;
        end = last_line_end(out->bytes + searched, out->len - searched);
        end = end > 0 ? searched + end : 0;
        searched = out->len;
        if (end == 0 && out->len > SLANT_MAX_TEXT) {
            c->ended = true;
            (void)sl_fail(&why, SLANT_ERR_LIMIT, 0, "%s: a line longer than %zu bytes", out->path,
                          SLANT_MAX_TEXT);
            fail_chunk(out, &why);
            out->len = 0;
            return SLANT_OK;
        }
    }
    if (!sl_grow(&c->rest, &c->cap_rest, out->len - end + 1, 1)) {
        return sl_fail_nomem(err);
    }
    c->len_rest = out->len - end;
    memcpy(c->rest, out->bytes + end, c->len_rest);
    out->len = end;
    return SLANT_OK;
}

static void count_on(struct sl_chunks *c, const struct sl_chunk *out)
{
    const char *p = out->bytes;
    size_t left = out->len;
    const char *newline;
    while (left > 0 && (newline = memchr(p, '\n', left)) != NULL) {
        c->line++;
        left -= (size_t)(newline + 1 - p);
        p = newline + 1;
    }
    c->offset += out->len;
}

static void next_file(struct sl_chunks *c)
{
    c->taken += c->stream == NULL ? 0 : sl_stream_taken(c->stream);
    sl_stream_close(c->stream);
    c->stream = NULL;
    c->ended = false;
    c->len_rest = 0;
    c->file++;
}

static enum slant_status given_text(struct sl_chunks *c, struct sl_chunk *out, bool *more,
                                    struct slant_error *err)
{
    *more = c->file == 0;
    if (*more) {
        size_t len = strlen(c->in->text);
        c->file++;
        if (!room(out, len + 1)) {
            return sl_fail_nomem(err);
        }
        memcpy(out->bytes, c->in->text, len);
        out->len = len;
        out->path = "text";
        out->format = SLANT_FORMAT_TEXT;
    }
    return SLANT_OK;
}

/* Sizes of the files on disk; 0 where one is no plain file. */
static uint64_t total_size(const struct slant_input *in)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < in->n_path; i++) {
        struct stat st;
        if (stat(in->path[i], &st) != 0) {
            continue;
        }
        if (!S_ISREG(st.st_mode)) {
            return 0;
        }
        sum += (uint64_t)st.st_size;
    }
    return sum;
}

static enum slant_status tell(struct sl_chunks *c, struct slant_error *err)
{
    uint64_t taken = c->taken + (c->stream == NULL ? 0 : sl_stream_taken(c->stream));
    if (c->in->progress == NULL) {
        return SLANT_OK;
    }
    if (!c->told) {
        c->told = true;
        c->total = total_size(c->in);
    }
    return c->in->progress(c->in->progress_user, "read", taken, c->total) == 0
               ? SLANT_OK
               : sl_fail(err, SLANT_ERR_STOPPED, 0, "stopped");
}

enum slant_status sl_chunks_next(struct sl_chunks *c, struct sl_chunk *out, bool *more,
                                 struct slant_error *err)
{
    struct slant_error why;
    SL_TRY(tell(c, err));
    out->failed = false;
    out->group = c->in->group;
    out->len = 0;
    out->line = 1;
    out->offset = 0;
    if (c->in->text != NULL) {
        return given_text(c, out, more, err);
    }
    while (c->file < c->in->n_path) {
        const char *path = c->in->path[c->file];
        out->path = path;
        *more = true;
        if (c->stream == NULL) {
            enum slant_status status = open_file(c, path, &why);
            bool whole = c->format == SLANT_FORMAT_TEXT || c->format == SLANT_FORMAT_HTML;
            out->format = c->format;
            if (status == SLANT_OK && whole) {
                status = read_whole(c, out, &why);
            }
            if (status == SLANT_ERR_NOMEM) {
                return sl_fail_nomem(err);
            }
            if (status != SLANT_OK) {
                out->len = 0;
                fail_chunk(out, &why);
            }
            if (status != SLANT_OK || whole) {
                next_file(c);
                return SLANT_OK;
            }
        }
        out->format = c->format;
        SL_TRY(read_lines(c, out, err));
        out->line = c->line;
        out->offset = c->offset;
        if (c->offset == 0 && sl_check_mark(sl_file_shown(path), out->bytes, out->len, &why) != SLANT_OK) {
            out->len = 0;
            c->ended = true;
            fail_chunk(out, &why);
        }
        count_on(c, out);
        if (c->ended) {
            next_file(c);
        }
        if (out->len > 0 || out->failed) {
            return SLANT_OK;
        }
    }
    *more = false;
    return SLANT_OK;
}

/* ---- records ---- */

void sl_articles_init(struct sl_articles *it, const struct sl_chunk *chunk, struct sl_arena *arena)
{
    *it = (struct sl_articles){chunk, arena, 0, chunk->line};
}

bool sl_chunk_line(const struct sl_chunk *chunk, size_t *at, const char **line, size_t *len)
{
    const char *newline;
    if (*at >= chunk->len) {
        return false;
    }
    *line = chunk->bytes + *at;
    newline = memchr(*line, '\n', chunk->len - *at);
    *len = newline == NULL ? chunk->len - *at : (size_t)(newline - *line);
    *at += *len + (newline != NULL);
    if (*len > 0 && (*line)[*len - 1] == '\r') {
        --*len;
    }
    return true;
}

/* PATH:LINE, for a record without an id. */
static bool name_by_line(struct sl_articles *it, struct sl_article *out)
{
    struct sl_buf b = {0};
    sl_buf_text(&b, it->chunk->path);
    sl_buf_byte(&b, ':');
    sl_buf_uint(&b, out->line);
    out->doc.p = b.failed ? NULL : sl_arena_copy(it->arena, b.p, b.len);
    out->doc.len = b.len;
    sl_buf_free(&b);
    return out->doc.p != NULL;
}

/* Keys of a record; those before N_LOOSE are of slant's output, which is no article. */
enum {
    DOC,
    NUMBER,
    FROM,
    TO,
    SENTENCES,
    TRAILER,
    FILE_NAME,
    CONTENT,
    ERROR,
    N_LOOSE,
    TEXT = N_LOOSE,
    ID,
    TITLE,
    DATE,
    SOURCE,
    URL,
    TARGET,
    GROUP,
    N_KEY
};

static bool is_whole(const struct sl_text *v)
{
    return v->len > 0 && strspn(v->p, "0123456789") == v->len;
}

/* What a line is that slant itself wrote, or NULL. An article may have some of its keys, hardly all of
 * them, and tells its name otherwise. */
static const char *not_article(const struct sl_text *value)
{
    bool has_text = value[TEXT].p != NULL;
    bool sentence = has_text && value[DOC].p != NULL && is_whole(&value[NUMBER]) &&
                    is_whole(&value[FROM]) && is_whole(&value[TO]);
    bool book = !has_text &&
                (value[TRAILER].p != NULL ||
                 (value[DOC].p != NULL && (value[ERROR].p != NULL || is_whole(&value[SENTENCES]))));
    bool quote = !has_text && value[FILE_NAME].p != NULL &&
                 (value[ERROR].p != NULL || value[CONTENT].p != NULL);
    if (value[ID].p != NULL) {
        return NULL;
    }
    if (sentence || book) {
        return "a line that slant wrote, not an article; slant report --scored reads those of "
               "slant score";
    }
    return quote ? "a line that slant quotes wrote, not an article" : NULL;
}

static enum slant_status json_article(struct sl_articles *it, const char *line, size_t len,
                                      struct sl_article *out, struct slant_error *err)
{
    const char *group = it->chunk->group;
    const char *const key[N_KEY] = {"doc",  "n",       "from",  "to",     "sentences", "trailer",
                                    "file", "content", "error", "text",   "id",        "title",
                                    "date", "source",  "url",   "target", group};
    struct sl_text value[N_KEY] = {{NULL, 0}};
    struct slant_error why = {0};
    const char *other;
    enum slant_status status =
        sl_json_object(line, len, out->line, key, N_LOOSE, N_KEY - (group == NULL), it->arena,
                       value, &out->n_invalid, &why);
    if (status == SLANT_ERR_NOMEM) {
        return sl_fail_nomem(err);
    }
    other = not_article(value);
    if (other != NULL) {
        status = sl_fail(&why, SLANT_ERR_ROW, out->line, "%s", other);
    } else if (status == SLANT_OK && value[TEXT].p == NULL) {
        status = sl_fail(&why, SLANT_ERR_ROW, out->line, "no \"text\"");
    }
    if (status != SLANT_OK) {
        struct slant_error placed;
        (void)sl_fail(&placed, status, out->line, "%s:%llu: %s", it->chunk->path,
                      (unsigned long long)out->line, why.text);
        out->error = sl_arena_copy(it->arena, placed.text, strlen(placed.text));
        if (out->error == NULL) {
            return sl_fail_nomem(err);
        }
    }
    out->doc = value[ID];
    out->text = value[TEXT];
    out->valid = true;
    out->title = value[TITLE].len == 0 ? (struct sl_text){NULL, 0} : value[TITLE];
    out->date = value[DATE];
    out->source = value[SOURCE];
    out->url = value[URL];
    out->target = value[TARGET];
    out->group_key = value[GROUP].p == NULL || value[GROUP].len == 0 ? NULL : group;
    out->group = value[GROUP];
    if ((out->doc.p == NULL || out->doc.len == 0) && !name_by_line(it, out)) {
        return sl_fail_nomem(err);
    }
    return SLANT_OK;
}

static enum slant_status failed_article(struct sl_articles *it, struct sl_article *out)
{
    out->doc = (struct sl_text){it->chunk->path, strlen(it->chunk->path)};
    out->error = it->chunk->error.text;
    it->at = it->chunk->len + 1;
    return SLANT_OK;
}

static enum slant_status html_article(struct sl_articles *it, struct sl_article *out,
                                      struct slant_error *err)
{
    const struct sl_chunk *c = it->chunk;
    struct sl_html_article page;
    struct slant_error why = {0};
    enum slant_status status = sl_html_article_read(c->bytes, c->len, it->arena, &page, &why);
    if (status == SLANT_ERR_NOMEM) {
        return sl_fail_nomem(err);
    }
    if (status != SLANT_OK) {
        struct slant_error placed;
        (void)sl_fail(&placed, status, 0, "%s: %s", c->path, why.text);
        out->error = sl_arena_copy(it->arena, placed.text, strlen(placed.text));
        return out->error == NULL ? sl_fail_nomem(err) : SLANT_OK;
    }
    out->text = page.text;
    out->title = page.title;
    out->date = page.date;
    out->source = page.source;
    out->url = page.url;
    return SLANT_OK;
}

enum slant_status sl_articles_next(struct sl_articles *it, struct sl_article *out, bool *more,
                                   struct slant_error *err)
{
    const struct sl_chunk *c = it->chunk;
    const char *line;
    size_t len;
    memset(out, 0, sizeof *out);
    *more = true;
    if ((c->format == SLANT_FORMAT_TEXT || c->format == SLANT_FORMAT_HTML) && !c->failed) {
        *more = it->at == 0;
        it->at = 1;
        out->doc = (struct sl_text){c->path, strlen(c->path)};
        if (*more && c->format == SLANT_FORMAT_HTML) {
            return html_article(it, out, err);
        }
        out->text = (struct sl_text){c->bytes, c->len};
        out->line = 1;
        return SLANT_OK;
    }
    for (;;) {
        size_t begin = it->at;
        if (!sl_chunk_line(c, &it->at, &line, &len)) {
            if (c->failed && it->at <= c->len) {
                return failed_article(it, out);
            }
            *more = false;
            return SLANT_OK;
        }
        out->line = it->line++;
        if (c->format == SLANT_FORMAT_LINES) {
            out->doc = (struct sl_text){c->path, strlen(c->path)};
            out->text = (struct sl_text){line, len};
            out->one_line = true;
            out->number = out->line;
            out->offset = c->offset + begin;
            if (out->offset == 0) {
                out->offset = sl_mark_len(line, len);
                out->text = (struct sl_text){line + out->offset, len - out->offset};
            }
            return SLANT_OK;
        }
        if (out->line == 1) {
            size_t mark = sl_mark_len(line, len);
            line += mark;
            len -= mark;
        }
        while (len > 0 && (*line == ' ' || *line == '\t')) {
            line++;
            len--;
        }
        if (len > 0) { /* blank lines part nothing in JSON Lines */
            return json_article(it, line, len, out, err);
        }
    }
}
