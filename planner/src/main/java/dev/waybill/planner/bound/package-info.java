/** Lower bounds on the makespan, and the bottlenecks that they prove. */
@NullMarked
package dev.waybill.planner.bound;

import org.jspecify.annotations.NullMarked;
