/** What people who run Ehlo look at: the log. */
@NullMarked
package me.ehlo.watch;

import org.jspecify.annotations.NullMarked;
