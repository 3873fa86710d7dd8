#include "input/input.h"

enum slant_status sl_input_check(const struct slant_input *in, struct slant_error *err)
{
    if (in == NULL || in->size != sizeof *in) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "the input is NULL or of another version");
    }
    if ((int)in->format < SLANT_FORMAT_AUTO || in->format > SLANT_FORMAT_HTML) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "unknown input format");
    }
    if (in->n_thread > SLANT_MAX_THREAD) {
        return sl_fail(err, SLANT_ERR_LIMIT, 0, "%u threads asked for; the limit is %d",
                       in->n_thread, SLANT_MAX_THREAD);
    }
    if (in->text != NULL && in->format != SLANT_FORMAT_AUTO && in->format != SLANT_FORMAT_TEXT &&
        in->format != SLANT_FORMAT_SCORED) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "a text that is given is one article; name files for another format");
    }
    for (size_t i = 0; i < in->n_path && in->text == NULL; i++) {
        if (in->path == NULL || in->path[i] == NULL) {
            return sl_fail(err, SLANT_ERR_ARG, 0, "a path of the input is NULL");
        }
    }
    return SLANT_OK;
}

enum slant_status sl_input_articles(const struct slant_input *in, struct slant_error *err)
{
    SL_TRY(sl_input_check(in, err));
    return in->format != SLANT_FORMAT_SCORED
               ? SLANT_OK
               : sl_fail(err, SLANT_ERR_ARG, 0, "scored lines are read by slant_report alone");
}

enum slant_status sl_input_rows(const struct slant_input *in, struct slant_error *err)
{
    SL_TRY(sl_input_check(in, err));
    if (in->text != NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "text is not read here; name files");
    }
    if (in->n_path == 0) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "no data files named");
    }
    if (in->format != SLANT_FORMAT_AUTO && in->format != SLANT_FORMAT_TSV &&
        in->format != SLANT_FORMAT_CSV && in->format != SLANT_FORMAT_JSONL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "labelled rows are TSV, CSV or JSON Lines");
    }
    return SLANT_OK;
}
