/** What happened, as values: the events that the log shows now and a mail's story tells later. */
@NullMarked
package me.ehlo.trace;

import org.jspecify.annotations.NullMarked;
