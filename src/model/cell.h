/** Cells of a model's rows: whole numbers of 8 bits, in units of their block and column (Jacob et al.
 *  2018, symmetric quantisation, a scale for each channel). A weight takes one cell, what an occurrence
 *  adds to the sum behind its block's norm two, of which the first counts 128. So sums of rows are sums of
 *  small integers: exact, whatever their order. */
#ifndef SL_MODEL_CELL_H
#define SL_MODEL_CELL_H

#include <stdint.h>

#define SL_CELL_MAX 127
#define SL_NORM_CELLS 2
#define SL_NORM_BASE (SL_CELL_MAX + 1)
#define SL_NORM_MAX (SL_NORM_BASE * SL_NORM_BASE - 1)

/* The unit of weights of which the largest is `top`. */
static inline double sl_weight_unit(double top)
{
    return top / SL_CELL_MAX;
}
/* The nearest cell; no further than half a unit, for weights up to the unit's top. */
static inline int8_t sl_cell_of(double weight, double unit)
{
    double cells = unit > 0 ? weight / unit : 0;
    cells = cells < 0 ? cells - 0.5 : cells + 0.5;
    return (int8_t)(!(cells > -SL_CELL_MAX) ? -SL_CELL_MAX
                    : cells > SL_CELL_MAX   ? SL_CELL_MAX
                                            : cells);
}

/* The unit of what is added to norms, `top` at most: a power of two, so that a float has it exactly. */
static inline double sl_norm_unit(double top)
{
    double unit = 1.0 / SL_NORM_BASE / SL_NORM_BASE;
    while (unit * SL_NORM_MAX < top) {
        unit *= 2;
    }
    return unit;
}
/* The nearest level, 1 to SL_NORM_MAX. */
static inline uint16_t sl_norm_level(double part, double unit)
{
    double level = part / unit + 0.5;
    return (uint16_t)(level < 1 ? 1 : level > SL_NORM_MAX ? SL_NORM_MAX : level);
}
static inline void sl_put_norm_level(int8_t cell[SL_NORM_CELLS], uint16_t level)
{
    cell[0] = (int8_t)(level / SL_NORM_BASE);
    cell[1] = (int8_t)(level % SL_NORM_BASE);
}

#endif
