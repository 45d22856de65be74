/** {@code ehlo talk}: a person's conversation with a server, and scripts of one. */
@NullMarked
package me.ehlo.talk;

import org.jspecify.annotations.NullMarked;
