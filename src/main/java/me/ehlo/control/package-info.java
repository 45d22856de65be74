/** Administration: the commands, and the control socket by which a running server carries them out. */
@NullMarked
package me.ehlo.control;

import org.jspecify.annotations.NullMarked;
