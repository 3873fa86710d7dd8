/** slant.h - stance and sentiment of sentences toward a subject, and the report made of them.
 *
 *  Text is UTF-8 as (bytes, length). NUL is text; an invalid sequence reads as U+FFFD and is counted.
 *  What comes without a length (names, paths, spellings, slant_input's text) ends with a NUL.
 *  A struct's .size must equal its sizeof exactly, else the call is refused (ARG).
 *  Offsets are bytes into the caller's text; spans are half-open. [n] gives an array's shape.
 *  On failure a function returns its status, fills *err unless err is NULL, and leaves its
 *  out-arguments as they were. X_free(NULL) does nothing. "Borrowed" names the owner and how long.
 *  Threads: a model serves any number of threads at once; any other handle one thread at a time.
 *  The library never prints, exits, or changes the locale, the environment or signals: a program
 *  that lets it write to a pipe ignores SIGPIPE itself. */
#ifndef SLANT_H
#define SLANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SLANT_API __attribute__((visibility("default")))
#else
#define SLANT_API
#endif

#define SLANT_VERSION "0.1.0"

/* Limits: beyond them a function returns SLANT_ERR_LIMIT (or an error record), never crashes. */
#define SLANT_MAX_TEXT ((size_t)1 << 31)   /* bytes of one article or line */
#define SLANT_MAX_LABEL 16                 /* labels of one head */
#define SLANT_MAX_HEAD 16                  /* heads of one model */
#define SLANT_MAX_ALIAS 64                 /* spellings of one target */
#define SLANT_MAX_THREAD 256               /* of one call */
#define SLANT_MAX_ROW ((size_t)1 << 24)    /* labelled rows of one training */
#define SLANT_MAX_BUNDLE ((size_t)1 << 31) /* bytes of a model file */

/* Numbers are permanent; each group of ten has room to grow. */
enum slant_status {
    SLANT_OK = 0,
    SLANT_ERR_ARG = 10,     /* an argument of the call is wrong */
    SLANT_ERR_LIMIT = 11,   /* a stated limit is passed */
    SLANT_ERR_ROW = 20,     /* a row or record of the data is malformed */
    SLANT_ERR_DATA = 21,    /* the rows are well-formed but cannot be learned from or scored */
    SLANT_ERR_BUNDLE = 30,  /* not a model file, or a damaged one */
    SLANT_ERR_VERSION = 31, /* a model file of another version, or made with another stemmer */
    SLANT_ERR_IO = 40,      /* the system refused a file operation; sys holds errno */
    SLANT_ERR_NOMEM = 41,
    SLANT_ERR_SOLVER = 50, /* the solver did not converge */
    SLANT_ERR_STOPPED = 51 /* a sink or progress callback asked to stop */
};

struct slant_error {
    enum slant_status status;
    int sys;        /* errno, or 0 */
    uint64_t line;  /* from 1; 0 if none */
    char text[320]; /* one line without control characters; names the file where there is one */
};

struct slant_model;
struct slant_session;
struct slant_output;
struct slant_aliases;

struct slant_span {
    size_t begin, end;
};

/* What the stance is about. The target is the vendor, person or thing whose mentions are masked, so
 * that a model trained on some targets serves others; alias are its spellings [n_alias], the
 * first the fullest. */
struct slant_target {
    const char *const *alias;
    size_t n_alias;
};

/* One classification task of a model. Borrowed from the model. */
struct slant_head {
    const char *name;         /* "stance", "sentiment" */
    const char *const *label; /* [n_label] */
    uint32_t n_label;
};

/* A verdict of one head on one sentence. prob is in ten-thousandths and sums to 10000; label is the
 * first of the largest, so that it never contradicts the printed probabilities. */
struct slant_verdict {
    uint32_t label;
    const uint16_t *prob; /* [n_label] */
    const double *margin; /* [n_label], w.x + b, no unit */
};

struct slant_sentence {
    struct slant_span span;              /* in the article's text */
    uint64_t index;                      /* from 1 within the article */
    uint32_t n_mention;                  /* masked mentions of the target */
    const struct slant_verdict *verdict; /* [n_head] */
};

/* One feature's part in a margin. */
struct slant_term {
    const char *name;              /* "word:nation secur", "char:_ba", "negated:risk" */
    const struct slant_span *span; /* [n_span], in the article's text, in order */
    size_t n_span;
    double value;        /* the feature's value in the sentence */
    double weight;       /* its weight for the label */
    double contribution; /* value * weight */
};

/* Takes all of it; nonzero stops the run (STOPPED). Calls never overlap and come in the order of the
 * input, but from threads of the library's own where slant_input's n_thread is not 1 (0 is one per
 * processor): what a sink touches besides must bear that. It must return: a C++ exception or longjmp
 * through the library is undefined; so for the other two. */
typedef int slant_sink(void *user, const void *bytes, size_t len);
/* Nonzero stops (STOPPED). By the thread of the call, perhaps while a sink is at work in another. */
typedef int slant_progress(void *user, const char *stage, uint64_t done, uint64_t total);
typedef void slant_note(void *user, const char *text); /* by the thread of the call */

/* ---- models ---- */

/* Reads the whole file into private memory and checks sizes, checksum and every index once, here.
 * Memory: about the file's size. Errors: IO, NOMEM, BUNDLE, VERSION, LIMIT. */
SLANT_API enum slant_status slant_model_open(const char *path, struct slant_model **out,
                                             struct slant_error *err);
/* The same from memory; bytes are copied. name, not NULL, stands for the path in messages. */
SLANT_API enum slant_status slant_model_open_bytes(const void *bytes, size_t len, const char *name,
                                                   struct slant_model **out,
                                                   struct slant_error *err);
/* Borrowed from the model, which must outlive it; [*n]. */
SLANT_API const struct slant_head *slant_model_heads(const struct slant_model *m, size_t *n);
SLANT_API void slant_model_free(struct slant_model *m); /* after every session made from it */

/* ---- one article at a time ---- */

/* A session holds all scratch memory of one thread. The model must outlive it. */
SLANT_API enum slant_status slant_session_new(const struct slant_model *m,
                                              struct slant_session **out, struct slant_error *err);
SLANT_API void slant_session_free(struct slant_session *s);
/* Begins an article: finds its sentences and the target's mentions (target may be NULL). text must
 * stay unchanged until the next begin or free. After a failure the session has no article, the one
 * before neither: slant_session_next gives NULL. Linear in len. Errors: LIMIT, NOMEM, ARG. */
SLANT_API enum slant_status slant_session_article(struct slant_session *s, const char *text,
                                                  size_t len, const struct slant_target *target,
                                                  struct slant_error *err);
/* The same, but the whole text is one sentence, even an empty one. */
SLANT_API enum slant_status slant_session_line(struct slant_session *s, const char *text,
                                               size_t len, const struct slant_target *target,
                                               struct slant_error *err);
/* Scores the next sentence; *out is NULL after the last. *out is borrowed until the session's next
 * call. Method: one-vs-rest linear SVM (Cortes & Vapnik 1995; Rifkin & Klautau 2004) over word and
 * character n-grams; probabilities by a softmax over scaled margins (Guo et al. 2017), fitted on
 * held-out folds. It is of the sentence's words alone: slant_score and slant_report add what the
 * target's own people, whose content it is, are known to mean ("of_target"). */
SLANT_API enum slant_status slant_session_next(struct slant_session *s,
                                               const struct slant_sentence **out,
                                               struct slant_error *err);
/* The terms of the current sentence's margin for a head's label, largest |contribution| first, ties
 * by name. bias plus all contributions is the margin to 1e-9. Borrowed until the session's next
 * call. Errors: ARG (no current sentence, bad head or label), NOMEM. */
SLANT_API enum slant_status slant_session_explain(struct slant_session *s, size_t head,
                                                  uint32_t label, const struct slant_term **terms,
                                                  size_t *n_term, double *bias,
                                                  struct slant_error *err);
/* Invalid UTF-8 sequences in the current article. */
SLANT_API uint64_t slant_session_n_invalid(const struct slant_session *s);

/* ---- names of speakers ---- */

/* Other names that speakers go by, from a table (TSV, or by its extension CSV or JSON Lines) with the
 * columns "speaker" and "alias": a row for each alias. Whoever is called by an alias is listed as the
 * speaker. Constant once it is read: any number of threads and runs may use it. Memory: about the
 * file's size. Errors: IO, NOMEM, LIMIT, ROW (a column is missing; a name has no word, or more than
 * 16, or 1000 bytes, is not UTF-8, "unknown", or stands for two speakers), DATA (no row). */
SLANT_API enum slant_status slant_aliases_open(const char *path, struct slant_aliases **out,
                                               struct slant_error *err);
SLANT_API void slant_aliases_free(struct slant_aliases *a); /* after the runs that use it */

/* ---- many articles: files in, text out ---- */

enum slant_format {
    SLANT_FORMAT_AUTO = 0, /* by extension: .jsonl .ndjson .tsv .csv .html .htm .txt; .gz and .zst
                              behind it do not count. Of articles else by how they begin: with {"...":
                              on one line JSON Lines, with <!doctype html> or <html> a web page, all
                              else is text */
    SLANT_FORMAT_TEXT,     /* a file is an article */
    SLANT_FORMAT_LINES,    /* a line is a sentence */
    SLANT_FORMAT_JSONL,    /* a line is an object with "text" */
    SLANT_FORMAT_TSV,      /* header line, no quoting */
    SLANT_FORMAT_CSV,      /* RFC 4180 */
    SLANT_FORMAT_SCORED,   /* what slant_score wrote as JSON Lines; of slant_report alone */
    SLANT_FORMAT_HTML /* a file is a web page with an article: main text, title, date, source */
};

struct slant_input {
    size_t size;             /* sizeof(struct slant_input) */
    const char *const *path; /* [n_path]; "-" is standard input */
    size_t n_path;
    enum slant_format format;
    const char *text; /* unless NULL: the one article, instead of the files; the format is AUTO or
                         TEXT (of slant_report also SCORED). Not where labelled rows are read */
    struct slant_target target; /* n_alias 0: none, or what each record names */
    unsigned n_thread; /* at most SLANT_MAX_THREAD; 0: one per processor. The output never depends
                          on it */
    slant_progress *progress; /* of runs over articles; NULL: none. Stage "read", bytes of the files
                                 as they stand on disk; total 0: not known */
    void *progress_user;
    const struct slant_aliases *aliases; /* of slant_score, slant_quotes and slant_report: speakers
                                            are listed under the names that it joins; NULL: as the
                                            text has them */
    const char *group; /* key of JSON Lines by whose value slant_report groups articles; slant_score
                          passes it on, as JSON Lines alone. NULL: none */
};

/* What went in and out of a run. */
struct slant_counts {
    uint64_t n_record, n_sentence, n_error, n_invalid; /* invalid UTF-8 sequences */
    uint64_t n_word,
        n_unknown;          /* words scored, and those among them that are no feature of the model
                                   by themselves: not met in training, or there too rarely. Names of
                                   the target, addresses, users, hashtags and marks are no words */
    uint64_t n_with_target; /* sentences that mention the target */
    uint64_t
        n_joined; /* statements, of slant_quotes attributions, whose speaker the aliases name */
    char first_error[320]; /* "" where n_error is 0 */
};

enum slant_score_format {
    SLANT_SCORE_JSONL = 0,
    SLANT_SCORE_TSV,
    SLANT_SCORE_LABELS /* a line for each line, of SLANT_FORMAT_LINES alone */
};

struct slant_score_options {
    size_t size;
    enum slant_score_format format;
    bool trailer; /* JSON Lines keep the books: a record for each article without a sentence, and at
                     the end one of the counts */
    bool
        no_holders; /* JSON Lines without "holder" and "holders": attributions are not looked for */
};

/* Scores every sentence of every record, in order, one record out per sentence (per line with
 * SLANT_FORMAT_LINES). A record or file that cannot be read, a missing one too, becomes an error
 * record and is counted; only memory, or a sink or progress that stops, ends the run. */
SLANT_API enum slant_status slant_score(const struct slant_model *m, const struct slant_input *in,
                                        const struct slant_score_options *opt, slant_sink *sink,
                                        void *user, struct slant_counts *counts,
                                        struct slant_error *err);

enum slant_quotes_format { SLANT_QUOTES_JSONL = 0, SLANT_QUOTES_TSV };

struct slant_quotes_options {
    size_t size;
    enum slant_quotes_format format;
};

/* Finds who says, thinks or does what: one record out per attribution, in order. Needs no model; the
 * target is not used. Records that cannot be read are treated as in slant_score. Method: cue words
 * with frames and rules over shallow tags, in the attribution scheme of Pareti (2012) and of PolNeAR
 * (Newell, Margolin & Ruths 2018). Linear in the text. */
SLANT_API enum slant_status slant_quotes(const struct slant_input *in,
                                         const struct slant_quotes_options *opt, slant_sink *sink,
                                         void *user, struct slant_counts *counts,
                                         struct slant_error *err);

struct slant_explain_options {
    size_t size;
    size_t top; /* terms shown per head; 0: all (slant_inspect: none) */
    bool text;  /* for people, instead of JSON Lines */
    bool color;
    bool every_label; /* every label's terms, not the verdict's alone */
};

SLANT_API enum slant_status slant_explain(const struct slant_model *m, const struct slant_input *in,
                                          const struct slant_explain_options *opt, slant_sink *sink,
                                          void *user, struct slant_counts *counts,
                                          struct slant_error *err);

enum slant_report_format {
    SLANT_REPORT_TEXT = 0,
    SLANT_REPORT_JSON,
    SLANT_REPORT_CSV,
    SLANT_REPORT_MARKDOWN,
    SLANT_REPORT_HTML, /* one page that needs nothing beside it */
    SLANT_REPORT_SVG   /* one picture: see enum slant_chart */
};

/* Of SLANT_REPORT_CSV. */
enum slant_table {
    SLANT_TABLE_ARTICLES = 0,
    SLANT_TABLE_SENTENCES,
    SLANT_TABLE_TIMELINE,
    SLANT_TABLE_SOURCES,
    SLANT_TABLE_SPEAKERS,
    SLANT_TABLE_GROUPS,         /* of the input's group */
    SLANT_TABLE_CORPUS_SPEAKERS /* of all articles: a row a name */
};

/* Of SLANT_REPORT_SVG. All but shares need a head with two sides. */
enum slant_chart {
    SLANT_CHART_SHARES = 0, /* of all sentences */
    SLANT_CHART_ARTICLES,   /* a bar an article */
    SLANT_CHART_TIMELINE,   /* needs a dated article */
    SLANT_CHART_SOURCES,    /* a bar a source */
    SLANT_CHART_SCATTER,    /* stance against sentiment; needs both */
    SLANT_CHART_SPEAKERS    /* a point a speaker, at most 20: for minus against */
};

enum slant_period {
    SLANT_PERIOD_AUTO = 0, /* by the span of the dates */
    SLANT_PERIOD_DAY,
    SLANT_PERIOD_WEEK,
    SLANT_PERIOD_MONTH,
    SLANT_PERIOD_YEAR
};

enum slant_compare {
    SLANT_COMPARE_NONE = 0,
    SLANT_COMPARE_SOURCE,
    SLANT_COMPARE_PERIOD,
    SLANT_COMPARE_GROUP /* of the input */
};

struct slant_report_options {
    size_t size;
    enum slant_report_format format;
    unsigned n_evidence; /* sentences shown on each side of an article; at most 1000 */
    bool color;
    unsigned width;             /* columns of the text form, 50 to 1000; 0: 80 */
    const char *title;          /* of the report; NULL: from the model's subject */
    bool count_copies;          /* count near-copies of earlier articles too */
    enum slant_period period;   /* of the timeline */
    enum slant_compare compare; /* each group against all others */
    enum slant_table table;
    enum slant_chart chart;
    const char
        *subject; /* of a model with several: whose stance verdicts, evidence and speakers are
                            about; NULL: the first's */
};

/* Scores (or, with SLANT_FORMAT_SCORED, reads what slant_score wrote; then m may be NULL, and the
 * input has no target, as the lines were scored with theirs) and reports: per article, then for the
 * corpus. What cannot be read is treated as in slant_score. An article's interval comes from the
 * exact distribution of its label counts given the sentences' probabilities (Poisson binomial); the
 * corpus's from a Poisson bootstrap over articles, weights from hash(id, replicate), so that the
 * order of articles does not matter (Chamandy et al. 2012). */
SLANT_API enum slant_status slant_report(const struct slant_model *m, const struct slant_input *in,
                                         const struct slant_report_options *opt, slant_sink *sink,
                                         void *user, struct slant_counts *counts,
                                         struct slant_error *err);

/* Classes, features, training digest, settings, cross-validated figures, calibration, and so many top
 * features per label; 0: none. */
SLANT_API enum slant_status slant_inspect(const struct slant_model *m, bool json, unsigned top,
                                          slant_sink *sink, void *user, struct slant_error *err);

/* ---- learning ---- */

enum slant_solver {
    SLANT_SOLVER_AUTO = 0, /* libsvm up to 500 unweighted rows, else dual */
    SLANT_SOLVER_LIBSVM,   /* C-SVC, hinge loss (Chang & Lin 2011) */
    SLANT_SOLVER_DUAL      /* squared hinge by dual coordinate descent (Hsieh et al. 2008) */
};

struct slant_train_options {
    size_t size;
    const char *name;    /* of the model; NULL: from the path */
    const char *subject; /* what the stance is about; NULL: from the column, if it holds one */
    enum slant_solver solver;
    double cost;         /* C, at most 1000000; 0: the default for the solver */
    uint64_t seed;       /* 0 is a seed like any other; the command's default is 1 */
    unsigned n_fold;     /* for calibration and the stored figures, 2 to 100; 0: 5 */
    bool unbalanced;     /* do not weigh labels by their rarity */
    bool pooled;         /* one stance head for all subjects, even where each could have its own */
    bool target_words;   /* learn the target's own words too: the model then knows who is who */
    const char *weight;  /* column that weighs rows and is read for nothing else; NULL: weight */
    const char *lexicon; /* path of a lexicon; NULL: none */
    const char *vectors; /* path of word vectors (GloVe or word2vec text, gzip too); NULL: none */
    uint32_t n_trial;    /* settings tried by cross-validation, starting from those given, at most
                         100; 1: those alone; 0: about ten seconds' worth, counted in work */
    const char *const *setting; /* [n_setting] "NAME=VALUE", as slant_inspect names them */
    size_t n_setting;
    const char
        *leave_out; /* column whose rows of a value share a fold; NULL: group does. With it n_fold
                              0 is one fold per value */
    slant_progress *progress; /* of slant_train alone; NULL: none */
    slant_note *
        note; /* NULL, or told in a line each what is odd about the data or the figures: columns nearly
                         named as those that are read, one text with two labels, hardly better than guessing */
    void *user; /* of both */
};

/* Trains on labelled rows (in->format TSV, CSV, JSONL or AUTO) and writes the model atomically: path
 * then holds the old file or the whole new one. Whatever file is at path is replaced, be it no model
 * or one of the data; only the command looks. path is not "-". The bytes depend on the rows, the seed,
 * the settings and the model's name (which NULL takes from path) alone. Progress: "choosing settings"
 * with 0 of 3 done, "cross-validating", "fitting", "writing" with 3. The whole process is left as it
 * was, except that libsvm's print function is silenced (it cannot be read back). One training per
 * process at a time: a second one gets LIMIT.
 * Errors: ROW, DATA, ARG, LIMIT, IO, NOMEM, SOLVER, STOPPED. */
SLANT_API enum slant_status slant_train(const struct slant_input *in,
                                        const struct slant_train_options *opt, const char *path,
                                        struct slant_error *err);

struct slant_eval_options {
    size_t size;
    unsigned n_fold; /* cross-validation when m is NULL, 2 to 100; 0: one per value of leave_out,
                        else 5 */
    struct slant_train_options train; /* for cross-validation, with its own size set; n_fold and
                                         progress do not count */
    bool json;
    unsigned n_bootstrap; /* samples, at most 1000000; 0: 1000 */
    bool curve;           /* with cross-validation: learning curves too */
    bool quantify;        /* also how well shares of collections are estimated */
};

/* Figures of a model on labelled rows, or of cross-validation when m is NULL; each headline with a
 * percentile bootstrap interval over groups (Efron & Tibshirani 1993). Cross-validation chooses
 * settings inside each fold and shows a baseline of single words beside. A learning curve has
 * held-out figures by the number of labels learned from, and what 200 more would bring by an inverse
 * power law (Figueroa et al. 2012). Errors: those of slant_train, and ROW, DATA. */
SLANT_API enum slant_status slant_eval(const struct slant_model *m, const struct slant_input *in,
                                       const struct slant_eval_options *opt, slant_sink *sink,
                                       void *user, struct slant_error *err);

/* Models a and b on the same rows, for each head that both have (with equal labels): McNemar's exact
 * test (1947) on who is right, and the differences b - a with a paired bootstrap over groups (Efron &
 * Tibshirani 1993). Of the options json and n_bootstrap count. Errors: ARG, ROW, DATA (heads or labels
 * that differ), IO, NOMEM, STOPPED. */
SLANT_API enum slant_status slant_compare(const struct slant_model *a, const struct slant_model *b,
                                          const struct slant_input *in,
                                          const struct slant_eval_options *opt, slant_sink *sink,
                                          void *user, struct slant_error *err);

/* ---- a file that appears whole or not at all ---- */

/* path NULL or "-": standard output. Else a temporary file beside path, which commit syncs and
 * renames. A pipe or device is written directly. */
SLANT_API enum slant_status slant_output_open(const char *path, struct slant_output **out,
                                              struct slant_error *err);
/* A slant_sink. What cannot be written stops the run (STOPPED, without errno) and fails the commit. */
SLANT_API int slant_output_sink(void *output, const void *bytes, size_t len);
/* Frees the output whatever happens. After a failed write: IO, its errno in sys, and no file. Else path
 * holds what was written, be it a stopped run's beginning: discard what shall not appear. */
SLANT_API enum slant_status slant_output_commit(struct slant_output *o, struct slant_error *err);
SLANT_API void slant_output_discard(struct slant_output *o);
/* The temporary file, for a program that removes it when it is told to stop; NULL where there is none.
 * Borrowed until commit or discard. */
SLANT_API const char *slant_output_temporary(const struct slant_output *o);

SLANT_API const char *slant_version(void);

#ifdef __cplusplus
}
#endif
#endif
