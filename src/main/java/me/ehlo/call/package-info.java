/** A conversation with a server, as talk, send and check hold it: found, connected, encrypted, and told line by line. */
@NullMarked
package me.ehlo.call;

import org.jspecify.annotations.NullMarked;
