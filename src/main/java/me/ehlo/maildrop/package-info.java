/** What local users own: their waiting mails (RFC 1939 §3). Interfaces only; the store implements them. */
@NullMarked
package me.ehlo.maildrop;

import org.jspecify.annotations.NullMarked;
