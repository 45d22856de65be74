/** How: finds the next server, holds the conversation with it, and tells the queue what came of it. */
@NullMarked
package me.ehlo.relay;

import org.jspecify.annotations.NullMarked;
