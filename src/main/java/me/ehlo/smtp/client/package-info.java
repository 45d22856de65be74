/** One outbound conversation as a state machine: replies go in, steps come out. No sockets, no clock. */
@NullMarked
package me.ehlo.smtp.client;

import org.jspecify.annotations.NullMarked;
