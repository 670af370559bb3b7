package dev.waybill.planner.solve.mip;

/**
 * What the MIP solver's trees are to minimise: seconds and money, within a budget of seconds.
 *
 * @param perSecond weight of a second of makespan
 * @param perCost weight of a unit of cost
 * @param leastSeconds no schedule takes less
 * @param mostSeconds the makespan allowed; may be infinite
 */
record Goal(double perSecond, double perCost, double leastSeconds, double mostSeconds) {}
