#include "slant.h"

const char *slant_version(void)
{
    return SLANT_VERSION;
}
