/** Octets and lines: CRLF framing, dot transparency, telnet's negotiation. Shared by SMTP and POP3. */
@NullMarked
package me.ehlo.lines;

import org.jspecify.annotations.NullMarked;
