#include "report/page.h"

#include <string.h>

const char *sl_page_class(const struct sl_layout *l, enum sl_stand stand)
{
    bool first_right = l->poles[l->main].right == l->side[0];
    switch (stand) {
    case SL_STAND_FIRST:
        return first_right ? "v vr" : "v vl";
    case SL_STAND_SECOND:
        return first_right ? "v vl" : "v vr";
    case SL_STAND_MIXED:
    case SL_STAND_NEUTRAL:
    case SL_STAND_UNKNOWN:
    case SL_N_STAND:
        break;
    }
    return "v";
}

const char *sl_page_sign(const struct sl_layout *l, enum sl_stand stand)
{
    switch (stand) {
    case SL_STAND_FIRST:
    case SL_STAND_SECOND:
        return (stand == SL_STAND_FIRST) == (l->poles[l->main].right == l->side[0])
                   ? "&#9654;&nbsp;"
                   : "&#9664;&nbsp;";
    case SL_STAND_MIXED:
        return "&#9670;&nbsp;";
    case SL_STAND_NEUTRAL:
        return "&#9642;&nbsp;";
    case SL_STAND_UNKNOWN:
    case SL_N_STAND:
        break;
    }
    return "&#9675;&nbsp;";
}

enum sl_stand sl_page_stand(const struct sl_layout *l, const char *verdict)
{
    for (int stand = 0; verdict != NULL && stand < SL_N_STAND; stand++) {
        if (strcmp(verdict, sl_stand_name(&l->head[l->main], l->side, (enum sl_stand)stand)) == 0) {
            return (enum sl_stand)stand;
        }
    }
    return SL_STAND_UNKNOWN;
}
