/* library quick|full FOLDER: each entry point of the library with each failure in turn: call n of a
 * kind once, and from n on, for n = 1, 2, ... until a run meets none (quick: all n up to 60, then
 * ever wider steps). Each must end with a status that fits and a message, or with the bytes of the run
 * without a failure; hold no block more than before; leave its out-arguments and the old file alone;
 * and the handles it used must work afterwards. Prints TAP, and last "# loops L faults F". Run it in
 * the project's folder. */
#include "fault.h"
#include "slant.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATA "tests/fuzz/tiny.tsv"
#define LEXICON "tests/fuzz/tiny_lexicon.tsv"
#define VECTORS "tests/fuzz/tiny_vectors.txt"
#define TEXT \
    "The port did not ban it. Norvane's gates (2,000) are safe, \"said\" Ida Olvik. It is over!"

/* Not from the heap, which fails on demand. */
static struct {
    char p[1 << 20];
    size_t len;
} out, wanted;

static char folder[512];
static char model_path[600], article_path[600], lines_path[600], page_path[600], scored_path[600],
    packed_path[600], names_path[600], output_path[600], trained_path[600];
static struct slant_model *model;
static struct slant_aliases *names;
static struct slant_session *session;

static int into_memory(void *user, const void *bytes, size_t len)
{
    (void)user;
    if (len > sizeof out.p - out.len) {
        abort();
    }
    memcpy(out.p + out.len, bytes, len);
    out.len += len;
    return 0;
}

static void note(const void *bytes, size_t len)
{
    (void)into_memory(NULL, bytes, len);
}

static const char *current_path;

static struct slant_input input(const char *path, enum slant_format format)
{
    static const char *const alias[] = {"Norvane", "Norvane Telecom"};
    struct slant_input in = {
        .size = sizeof in, .path = &current_path, .n_path = 1, .format = format, .n_thread = 1};
    current_path = path;
    in.aliases = names;
    in.target.alias = alias;
    in.target.n_alias = format == SLANT_FORMAT_SCORED || format == SLANT_FORMAT_TSV ? 0 : 2;
    return in;
}

/* ---- the entry points ---- */

static enum slant_status open_path(struct slant_error *err)
{
    struct slant_model *m = model;
    enum slant_status status = slant_model_open(model_path, &m, err);
    if (status == SLANT_OK) {
        size_t n;
        note(slant_model_heads(m, &n)[0].name, 6);
        slant_model_free(m);
    } else if (m != model) {
        abort();
    }
    return status;
}

static enum slant_status open_bytes(struct slant_error *err)
{
    static char bytes[1 << 20];
    static size_t len;
    struct slant_model *m = NULL;
    enum slant_status status;
    if (len == 0) {
        FILE *f = fopen(model_path, "rb");
        if (f == NULL) {
            abort();
        }
        len = fread(bytes, 1, sizeof bytes, f);
        (void)fclose(f);
    }
    status = slant_model_open_bytes(bytes, len, "tiny", &m, err);
    if (status != SLANT_OK && m != NULL) {
        abort();
    }
    slant_model_free(m);
    return status;
}

static enum slant_status open_names(struct slant_error *err)
{
    struct slant_aliases *a = names;
    enum slant_status status = slant_aliases_open(names_path, &a, err);
    if (status == SLANT_OK) {
        slant_aliases_free(a);
    } else if (a != names) {
        abort();
    }
    return status;
}

static enum slant_status through(struct slant_session *s, bool line, struct slant_error *err)
{
    static const char *const alias[] = {"Norvane"};
    static const struct slant_target target = {alias, 1};
    size_t n_head;
    (void)slant_model_heads(model, &n_head);
    enum slant_status status = line ? slant_session_line(s, TEXT, sizeof TEXT - 1, &target, err)
                                    : slant_session_article(s, TEXT, sizeof TEXT - 1, &target, err);
    while (status == SLANT_OK) {
        const struct slant_sentence *sentence;
        status = slant_session_next(s, &sentence, err);
        if (status != SLANT_OK || sentence == NULL) {
            break;
        }
        note(&sentence->span, sizeof sentence->span);
        note(sentence->verdict[0].prob, 3 * sizeof *sentence->verdict[0].prob);
        for (size_t h = 0; status == SLANT_OK && h < n_head; h++) {
            const struct slant_term *term;
            size_t n_term;
            double bias;
            status = slant_session_explain(s, h, 0, &term, &n_term, &bias, err);
            if (status == SLANT_OK) {
                note(&bias, sizeof bias);
                note(term[0].name, strlen(term[0].name));
            }
        }
    }
    return status;
}

static enum slant_status new_session(struct slant_error *err)
{
    struct slant_session *s = NULL;
    enum slant_status status = slant_session_new(model, &s, err);
    if (status == SLANT_OK) {
        status = through(s, false, err);
    } else if (s != NULL) {
        abort();
    }
    slant_session_free(s);
    return status;
}

/* One handle over all failures, its scratch memory given back each time so that it asks again. */
static enum slant_status old_session(struct slant_error *err)
{
    return through(session, false, err);
}

static enum slant_status old_session_line(struct slant_error *err)
{
    return through(session, true, err);
}

static struct slant_counts untouched;
static bool has_errors; /* the last run told of records that it could not read */

static void check_counts(enum slant_status status, const struct slant_counts *counts)
{
    has_errors = status == SLANT_OK && counts->n_error > 0;
    if (status != SLANT_OK && memcmp(counts, &untouched, sizeof untouched) != 0) {
        abort();
    }
}

static enum slant_status score(const char *path, enum slant_format format,
                               enum slant_score_format to, unsigned n_thread,
                               struct slant_error *err)
{
    struct slant_input in = input(path, format);
    struct slant_score_options opt = {
        .size = sizeof opt, .format = to, .trailer = to == SLANT_SCORE_JSONL};
    struct slant_counts counts = untouched;
    enum slant_status status;
    in.n_thread = n_thread;
    status = slant_score(model, &in, &opt, into_memory, NULL, &counts, err);
    check_counts(status, &counts);
    return status;
}

static enum slant_status score_jsonl(struct slant_error *err)
{
    return score(article_path, SLANT_FORMAT_JSONL, SLANT_SCORE_JSONL, 1, err);
}

static enum slant_status score_threads(struct slant_error *err)
{
    return score(article_path, SLANT_FORMAT_JSONL, SLANT_SCORE_JSONL, 3, err);
}

static enum slant_status score_packed(struct slant_error *err)
{
    return score(packed_path, SLANT_FORMAT_AUTO, SLANT_SCORE_TSV, 1, err);
}

static enum slant_status score_page(struct slant_error *err)
{
    return score(page_path, SLANT_FORMAT_HTML, SLANT_SCORE_TSV, 1, err);
}

static enum slant_status score_lines(struct slant_error *err)
{
    return score(lines_path, SLANT_FORMAT_LINES, SLANT_SCORE_LABELS, 1, err);
}

static enum slant_status quotes(struct slant_error *err)
{
    struct slant_input in = input(article_path, SLANT_FORMAT_JSONL);
    struct slant_quotes_options opt = {.size = sizeof opt};
    struct slant_counts counts = untouched;
    enum slant_status status = slant_quotes(&in, &opt, into_memory, NULL, &counts, err);
    check_counts(status, &counts);
    return status;
}

static enum slant_status explain(struct slant_error *err)
{
    struct slant_input in = input(article_path, SLANT_FORMAT_JSONL);
    struct slant_explain_options opt = {.size = sizeof opt, .top = 3, .every_label = true};
    struct slant_counts counts = untouched;
    enum slant_status status = slant_explain(model, &in, &opt, into_memory, NULL, &counts, err);
    check_counts(status, &counts);
    return status;
}

static enum slant_status report(enum slant_report_format format, bool scored,
                                struct slant_error *err)
{
    struct slant_input in =
        scored ? input(scored_path, SLANT_FORMAT_SCORED) : input(article_path, SLANT_FORMAT_JSONL);
    struct slant_report_options opt = {
        .size = sizeof opt, .format = format, .n_evidence = 2, .compare = SLANT_COMPARE_SOURCE};
    struct slant_counts counts = untouched;
    enum slant_status status =
        slant_report(scored ? NULL : model, &in, &opt, into_memory, NULL, &counts, err);
    check_counts(status, &counts);
    return status;
}

#define REPORT(name, format, scored)                       \
    static enum slant_status name(struct slant_error *err) \
    {                                                      \
        return report(format, scored, err);                \
    }
REPORT(report_text, SLANT_REPORT_TEXT, false)
REPORT(report_json, SLANT_REPORT_JSON, false)
REPORT(report_csv, SLANT_REPORT_CSV, false)
REPORT(report_markdown, SLANT_REPORT_MARKDOWN, false)
REPORT(report_html, SLANT_REPORT_HTML, false)
REPORT(report_svg, SLANT_REPORT_SVG, false)
REPORT(report_scored, SLANT_REPORT_TEXT, true)

static enum slant_status inspect(struct slant_error *err)
{
    enum slant_status status = slant_inspect(model, true, 3, into_memory, NULL, err);
    return status == SLANT_OK ? slant_inspect(model, false, 3, into_memory, NULL, err) : status;
}

static struct slant_train_options training(enum slant_solver solver)
{
    return (struct slant_train_options){.size = sizeof(struct slant_train_options),
                                        .solver = solver,
                                        .seed = 1,
                                        .name = "tiny",
                                        .n_trial = 2,
                                        .n_fold = 2,
                                        .lexicon = LEXICON,
                                        .vectors = VECTORS};
}

/* What a path holds is what counts. */
static void note_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f != NULL) {
        out.len += fread(out.p + out.len, 1, sizeof out.p - out.len, f);
        (void)fclose(f);
    }
}

static void old_content(const char *path)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL || fputs("old", f) < 0 || fclose(f) != 0) {
        abort();
    }
}

static void check_old(const char *path)
{
    size_t len = out.len;
    note_file(path);
    if (out.len - len != 3 || memcmp(out.p + len, "old", 3) != 0) {
        (void)printf("# %s: the old file is gone\n", path);
        abort();
    }
    out.len = len;
}

static enum slant_status train(enum slant_solver solver, unsigned n_thread, struct slant_error *err)
{
    struct slant_input in = input(DATA, SLANT_FORMAT_TSV);
    struct slant_train_options opt = training(solver);
    in.n_thread = n_thread;
    return slant_train(&in, &opt, trained_path, err);
}

static enum slant_status train_dual(struct slant_error *err)
{
    return train(SLANT_SOLVER_DUAL, 1, err);
}

static enum slant_status train_libsvm(struct slant_error *err)
{
    return train(SLANT_SOLVER_LIBSVM, 1, err);
}

static enum slant_status train_threads(struct slant_error *err)
{
    return train(SLANT_SOLVER_DUAL, 3, err);
}

static enum slant_status eval_cv(struct slant_error *err)
{
    struct slant_input in = input(DATA, SLANT_FORMAT_TSV);
    struct slant_eval_options opt = {.size = sizeof opt, .n_fold = 2, .n_bootstrap = 20};
    opt.train = training(SLANT_SOLVER_DUAL);
    return slant_eval(NULL, &in, &opt, into_memory, NULL, err);
}

static enum slant_status eval_model(struct slant_error *err)
{
    struct slant_input in = input(DATA, SLANT_FORMAT_TSV);
    struct slant_eval_options opt = {.size = sizeof opt, .n_bootstrap = 20, .json = true};
    return slant_eval(model, &in, &opt, into_memory, NULL, err);
}

static enum slant_status compare(struct slant_error *err)
{
    struct slant_input in = input(DATA, SLANT_FORMAT_TSV);
    struct slant_eval_options opt = {.size = sizeof opt, .n_bootstrap = 20};
    return slant_compare(model, model, &in, &opt, into_memory, NULL, err);
}

static enum slant_status output(struct slant_error *err)
{
    struct slant_output *o = NULL;
    enum slant_status status = slant_output_open(output_path, &o, err);
    if (status != SLANT_OK) {
        if (o != NULL) {
            abort();
        }
        return status;
    }
    for (int i = 0; i < 5; i++) {
        (void)slant_output_sink(o, TEXT "\n", sizeof TEXT);
    }
    return slant_output_commit(o, err);
}

/* ---- the loops ---- */

struct entry {
    const char *name;
    enum slant_status (*run)(struct slant_error *err);
    const char *writes; /* a path, or NULL */
    int slow;           /* runs without a failure come every so often only */
};

static const struct entry entries[] = {
    {"slant_model_open", open_path, NULL, 1},
    {"slant_model_open_bytes", open_bytes, NULL, 1},
    {"slant_aliases_open", open_names, NULL, 1},
    {"slant_session_new", new_session, NULL, 1},
    {"slant_session_article", old_session, NULL, 1},
    {"slant_session_line", old_session_line, NULL, 1},
    {"slant_score", score_jsonl, NULL, 1},
    {"slant_score, 3 threads", score_threads, NULL, 1},
    {"slant_score, gzip, told to be JSON Lines by the first line", score_packed, NULL, 1},
    {"slant_score, a web page", score_page, NULL, 1},
    {"slant_score, lines", score_lines, NULL, 1},
    {"slant_quotes", quotes, NULL, 1},
    {"slant_explain", explain, NULL, 1},
    {"slant_report, text", report_text, NULL, 4},
    {"slant_report, json", report_json, NULL, 4},
    {"slant_report, csv", report_csv, NULL, 4},
    {"slant_report, markdown", report_markdown, NULL, 4},
    {"slant_report, html", report_html, NULL, 4},
    {"slant_report, svg", report_svg, NULL, 4},
    {"slant_report, scored", report_scored, NULL, 4},
    {"slant_inspect", inspect, NULL, 1},
    {"slant_output_*", output, output_path, 1},
    {"slant_eval, a model", eval_model, NULL, 8},
    {"slant_compare", compare, NULL, 8},
    {"slant_train, dual", train_dual, trained_path, 64},
    {"slant_train, libsvm", train_libsvm, trained_path, 64},
    {"slant_train, 3 threads", train_threads, trained_path, 64},
    {"slant_eval, cross-validation", eval_cv, NULL, 64},
};

static const char *const kind_name[] = {"none",  "alloc",  "open",  "read",   "write",
                                        "fsync", "rename", "close", "thread", "choppy"};
static unsigned long long n_loop, n_fault;

static bool fits(enum fault_kind kind, enum slant_status status)
{
    return kind == FAULT_ALLOC ? status == SLANT_ERR_NOMEM || status == SLANT_ERR_IO
                               : status == SLANT_ERR_IO || status == SLANT_ERR_NOMEM;
}

static bool one_line(const struct slant_error *err)
{
    for (const char *p = err->text; *p != 0; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f) {
            return false;
        }
    }
    return err->text[0] != 0;
}

static bool temporary_left(void)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    bool found = false;
    while (d != NULL && (e = readdir(d)) != NULL) {
        found = found || strstr(e->d_name, ".tmp") != NULL;
    }
    if (d != NULL) {
        (void)closedir(d);
    }
    return found;
}

static enum slant_status once(const struct entry *e, struct slant_error *err)
{
    enum slant_status status;
    memset(err, 0, sizeof *err);
    out.len = 0;
    status = e->run(err);
    return status;
}

static bool equals_wanted(const struct entry *e)
{
    if (e->writes != NULL) {
        note_file(e->writes);
    }
    return out.len == wanted.len && memcmp(out.p, wanted.p, out.len) == 0;
}

/* What is wrong after call n failed, or NULL. */
static const char *judge(const struct entry *e, enum fault_kind kind, uint64_t n, bool lasting,
                         uint64_t *hits)
{
    struct slant_error err;
    int64_t held = fault_live();
    enum slant_status status;
    if (e->writes != NULL) {
        old_content(e->writes);
        held = fault_live();
    }
    memset(&err, 0, sizeof err);
    out.len = 0;
    has_errors = false;
    fault_arm(kind, n, lasting);
    status = e->run(&err);
    *hits = fault_disarm();
    n_fault += *hits;
    n_loop++;
    /* a session's scratch memory stays at its high-water mark */
    if (e->run != old_session && e->run != old_session_line && fault_live() != held) {
        return "blocks are still held";
    }
    if (e->writes != NULL && temporary_left()) {
        return "a temporary file is left";
    }
    if (status == SLANT_OK) {
        if (has_errors && (*hits == 0 || (kind != FAULT_READ && kind != FAULT_OPEN))) {
            return "records are lost that could be read";
        }
        if (!has_errors && !equals_wanted(e)) {
            return "it ended well with other bytes";
        }
    } else {
        if (*hits == 0) {
            return "it failed without a failure";
        }
        if (!fits(kind, status) || err.status != status || !one_line(&err)) {
            (void)printf("# status %d, in the error %d: \"%s\"\n", (int)status, (int)err.status,
                         err.text);
            return "the status or message does not fit";
        }
        if (e->writes != NULL) {
            check_old(e->writes);
        } else if (out.len > wanted.len || memcmp(out.p, wanted.p, out.len) != 0) {
            return "what came out is no beginning of the whole";
        }
    }
    if (n % (uint64_t)e->slow == 0 || n <= 2) {
        status = once(e, &err);
        if (status != SLANT_OK || !equals_wanted(e)) {
            (void)printf("# then: %d \"%s\"\n", (int)status, err.text);
            return "the same again, without a failure, does not give the same";
        }
    }
    return NULL;
}

static int try_entry(const struct entry *e, bool full)
{
    struct slant_error err;
    int bad = 0;
    if (e->run == old_session) { /* it has asked for no memory yet */
        slant_session_free(session);
        session = NULL;
        if (slant_session_new(model, &session, &err) != SLANT_OK) {
            abort();
        }
    }
    if (e->run != old_session && once(e, &err) != SLANT_OK) {
        (void)printf("not ok - %s: without a failure: %s\n", e->name, err.text);
        return 1;
    }
    if (e->run == old_session) { /* through another session */
        out.len = 0;
        if (new_session(&err) != SLANT_OK) {
            abort();
        }
    }
    (void)equals_wanted(e);
    memcpy(wanted.p, out.p, out.len);
    wanted.len = out.len;
    for (enum fault_kind kind = FAULT_ALLOC; kind <= FAULT_THREAD; kind++) {
        for (int lasting = 0; lasting < 2; lasting++) {
            uint64_t hits = 1;
            uint64_t n = 1;
            while (hits > 0) {
                const char *what = judge(e, kind, n, lasting != 0, &hits);
                if (what != NULL) {
                    (void)printf("not ok - %s: %s %llu %s: %s\n", e->name, kind_name[kind],
                                 (unsigned long long)n, lasting ? "and on" : "once", what);
                    bad++;
                    if (bad > 5) {
                        return bad;
                    }
                }
                n += full || n < 60 ? 1 : n / 6;
            }
        }
    }
    if (bad == 0) {
        (void)printf("ok - %s\n", e->name);
    }
    (void)fflush(stdout);
    return bad;
}

/* ---- what they read ---- */

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0) {
        abort();
    }
}

static void prepare(void)
{
    struct slant_error err;
    struct slant_input in;
    struct slant_train_options opt = training(SLANT_SOLVER_DUAL);
    char command[1400];
    FILE *f;
    (void)snprintf(model_path, sizeof model_path, "%s/model.slant", folder);
    (void)snprintf(article_path, sizeof article_path, "%s/a.jsonl", folder);
    (void)snprintf(lines_path, sizeof lines_path, "%s/lines.txt", folder);
    (void)snprintf(page_path, sizeof page_path, "%s/page.html", folder);
    (void)snprintf(scored_path, sizeof scored_path, "%s/scored.jsonl", folder);
    (void)snprintf(packed_path, sizeof packed_path, "%s/packed", folder);
    (void)snprintf(names_path, sizeof names_path, "%s/names.tsv", folder);
    (void)snprintf(output_path, sizeof output_path, "%s/output.txt", folder);
    (void)snprintf(trained_path, sizeof trained_path, "%s/trained.slant", folder);
    write_file(
        article_path,
        "{\"id\":\"a\",\"date\":\"2024-01-05\",\"source\":\"s\",\"text\":\"Senator Ida Olvik said "
        "the ban on Norvane was overdue. \\\"We cannot trust it,\\\" she added. The port "
        "did not ban it.\"}\n"
        "{\"id\":\"b\",\"date\":\"2024-02-05\",\"source\":\"t\",\"text\":\"Norvane's gates are "
        "safe, the company argued, and denied the charge. The ban is unfair.\"}\n"
        "{\"id\":\"c\",\"date\":\"2024-02-07\",\"source\":\"t\",\"text\":\"Nothing here "
        "\xff of note.\\nThe ministry ordered every customs house to unplug its gates.\"}\n");
    write_file(names_path, "speaker\talias\nIda Olvik\tOlvik\nNorvane\tthe company\n");
    write_file(lines_path, "The ban on Norvane was overdue.\n\nThe port did not ban it.\n");
    write_file(page_path, "<!DOCTYPE html><html><head><title>Ban</title><meta "
                          "property=\"article:published_time\" content=\"2024-01-05\"></head><body>"
                          "<article><p>Senator Ida Olvik said the ban on Norvane was overdue, and "
                          "nobody in the harbour objected to that at all.</p><p>The port did not "
                          "ban it, though inspectors had asked for weeks that it should do "
                          "so.</p></article></body></html>\n");
    (void)snprintf(command, sizeof command, "gzip -c '%s' > '%s'", article_path, packed_path);
    if (system(command) != 0) {
        abort();
    }
    in = input(DATA, SLANT_FORMAT_TSV);
    if (slant_train(&in, &opt, model_path, &err) != SLANT_OK ||
        slant_model_open(model_path, &model, &err) != SLANT_OK ||
        slant_session_new(model, &session, &err) != SLANT_OK ||
        slant_aliases_open(names_path, &names, &err) != SLANT_OK) {
        (void)printf("not ok - the tiny model: %s\n", err.text);
        exit(1);
    }
    memset(&untouched, 0x5a, sizeof untouched);
    out.len = 0;
    if (score_jsonl(&err) != SLANT_OK || (f = fopen(scored_path, "wb")) == NULL ||
        fwrite(out.p, 1, out.len, f) != out.len || fclose(f) != 0) {
        abort();
    }
}

int main(int argc, char **argv)
{
    bool full = argc == 3 && strcmp(argv[1], "full") == 0;
    int bad = 0;
    if (argc != 3) {
        (void)fputs("usage: library quick|full FOLDER\n", stderr);
        return 2;
    }
    (void)snprintf(folder, sizeof folder, "%s", argv[2]);
    prepare();
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        bad += try_entry(&entries[i], full) > 0;
    }
    slant_session_free(session);
    slant_model_free(model);
    slant_aliases_free(names);
    if (fault_live() != 0) {
        (void)printf("not ok - %lld blocks are held at the end\n", (long long)fault_live());
        bad++;
    }
    (void)printf("# loops %llu faults %llu\n", n_loop, n_fault);
    return bad > 0;
}
