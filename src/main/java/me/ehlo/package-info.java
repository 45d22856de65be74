/** Ehlo: the front door and the wiring. */
@NullMarked
package me.ehlo;

import org.jspecify.annotations.NullMarked;
