/** What every word of a conversation means: codes, reasons, extensions, commands. Knows mail's words only. */
@NullMarked
package me.ehlo.explain;

import org.jspecify.annotations.NullMarked;
