/** Reports to senders about what became of their mails (RFC 3461, 3462, 3464), as values and as octets. */
@NullMarked
package me.ehlo.dsn;

import org.jspecify.annotations.NullMarked;
