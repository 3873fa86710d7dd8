/** Files as chunks of whole records, and the records in a chunk. Where chunks are cut never shows.
 */
#ifndef SL_INPUT_ARTICLES_H
#define SL_INPUT_ARTICLES_H

#include "base/arena.h"
#include "base/buf.h"
#include "input/json.h"
#include "input/stream.h"

/* A stretch of one file: a whole article, or whole lines. */
struct sl_chunk {
    const char *path;         /* as given; borrowed */
    const char *group;        /* key of JSON Lines that groups articles; borrowed; NULL: none */
    enum slant_format format; /* TEXT, LINES, JSONL, SCORED or HTML */
    char *bytes;              /* owned, reused */
    size_t len, cap;
    uint64_t line;   /* of its first byte, from 1 */
    uint64_t offset; /* of its first byte in the file */
    bool failed;     /* the file could not be read (on) from here: error says why */
    struct slant_error error;
};

/* Reads the files of an input one after the other. */
struct sl_chunks {
    const struct slant_input *in;
    size_t file;              /* current */
    struct sl_stream *stream; /* NULL: none open */
    uint64_t total, taken;    /* bytes of all files (0: not known), and of those done with */
    bool told;                /* of progress, before */
    bool ended;
    enum slant_format format;
    char *rest; /* bytes behind the last whole line */
    size_t len_rest, cap_rest;
    uint64_t line, offset;
};

enum slant_status sl_chunks_init(struct sl_chunks *c, const struct slant_input *in,
                                 struct slant_error *err);
void sl_chunks_free(struct sl_chunks *c);
/* Fills *out with the next chunk; *more false at the end. A file that cannot be read gives a chunk
 * with failed set. Errors: NOMEM. */
enum slant_status sl_chunks_next(struct sl_chunks *c, struct sl_chunk *out, bool *more,
                                 struct slant_error *err);

struct sl_article {
    struct sl_text doc;
    struct sl_text text;
    struct sl_text title, date, source, url; /* p NULL: absent */
    const char *group_key;                   /* NULL: none, or none that is asked for */
    struct sl_text group;                    /* its value; p NULL: absent */
    struct sl_text target;                   /* spellings parted by '|', p NULL: absent */
    bool one_line;                           /* text is one sentence, number `number` of doc */
    uint64_t number;
    uint64_t offset;    /* of text in the file; 0 for JSON and HTML, whose text is not the file's */
    bool valid;         /* text is UTF-8: that has been looked at */
    uint64_t n_invalid; /* replaced before text was cut out */
    uint64_t line;
    const char *error; /* NULL, or why there is no text */
};

/* What people call a record. */
static inline struct sl_text sl_doc_name(struct sl_text doc)
{
    static const struct sl_text standard = {"standard input", 14};
    return doc.len == 1 && *doc.p == '-' ? standard : doc;
}

struct sl_articles {
    const struct sl_chunk *chunk;
    struct sl_arena *arena;
    size_t at;
    uint64_t line;
};

/* Iterates over the records of a chunk of format TEXT, LINES, JSONL or HTML. What JSON and HTML hold is copied to
 * the arena, the rest points into the chunk. */
void sl_articles_init(struct sl_articles *it, const struct sl_chunk *chunk, struct sl_arena *arena);
enum slant_status sl_articles_next(struct sl_articles *it, struct sl_article *out, bool *more,
                                   struct slant_error *err);
/* The next line of a chunk, without its end. */
bool sl_chunk_line(const struct sl_chunk *chunk, size_t *at, const char **line, size_t *len);

#endif
