/** When: the schedule of every recipient that is not settled yet. How to deliver is another room's affair. */
@NullMarked
package me.ehlo.queue;

import org.jspecify.annotations.NullMarked;
