/** The thin blocking drivers that join a wire to a conversation: one virtual thread each. */
@NullMarked
package me.ehlo.front;

import org.jspecify.annotations.NullMarked;
