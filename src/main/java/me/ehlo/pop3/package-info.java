/** The language and the conversation of POP3 (RFC 1939). Pure. */
@NullMarked
package me.ehlo.pop3;

import org.jspecify.annotations.NullMarked;
