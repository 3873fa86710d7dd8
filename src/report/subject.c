#include "report/subject.h"
#include "base/bytes.h"

#include <stdio.h>
#include <string.h>

const char *sl_head_subject(const struct slant_head *head)
{
    return strncmp(head->name, "stance:", 7) == 0 ? head->name + 7 : NULL;
}

size_t sl_main_head(const struct slant_head *head, size_t n_head, const char *subject)
{
    bool several = false;
    size_t first = 0;
    for (size_t h = n_head; h-- > 0;) {
        const char *own = sl_head_subject(&head[h]);
        if (own != NULL && subject != NULL && sl_same_letters(own, subject)) {
            return h;
        }
        several = several || own != NULL;
        first = own != NULL || strcmp(head[h].name, "stance") == 0 ? h : first;
    }
    return several && subject != NULL ? n_head : first;
}

enum slant_status sl_no_subject(const struct slant_head *head, size_t n_head, const char *subject,
                                struct slant_error *err)
{
    char list[160] = "";
    size_t len = 0;
    for (size_t h = 0; h < n_head; h++) {
        const char *own = sl_head_subject(&head[h]);
        if (own != NULL && len < sizeof list) {
            len += (size_t)snprintf(list + len, sizeof list - len, "%s%.60s",
                                    len == 0 ? "" : " or ", own);
        }
    }
    return sl_fail(err, SLANT_ERR_ARG, 0, "no stance toward %.60s here: --subject can be %s",
                   subject, list);
}

void sl_put_other_subjects(struct sl_buf *b, const struct sl_layout *l)
{
    bool first = true;
    for (size_t h = 0; h < l->n_head; h++) {
        const char *own = sl_head_subject(&l->head[h]);
        if (own != NULL && h != l->main) {
            sl_buf_text(b, first ? "" : ", ");
            sl_buf_text(b, own);
            first = false;
        }
    }
}
