/** Conversation scripts: what is said, and what should be answered, as texts that a mail administrator can read. */
@NullMarked
package me.ehlo.script;

import org.jspecify.annotations.NullMarked;
